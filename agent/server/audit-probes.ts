import type {ProbesRequest} from '../../src/protocol/probes/orders.ts';

/** Targets that one audit line names; more of them are counted. */
const MAX_NAMED = 20;

/** What the audit line of a run of probes says: from where, and where to. */
export function auditOf({orders}: ProbesRequest): Record<string, string | readonly string[]> {
  const from = distinct(orders.map(({from: pod}) => (pod ? `${pod.namespace}/${pod.name}` : 'host')));
  const to = distinct(
    orders.map(order => {
      if ('host' in order) return `${order.kind} ${order.host}:${order.port}`;
      return 'query' in order ? `${order.kind} ${order.server ?? 'own server'}` : order.kind;
    }),
  );
  return {orders: String(orders.length), from, to};
}

function distinct(texts: readonly string[]): string[] {
  const all = [...new Set(texts)];
  const named = all.slice(0, MAX_NAMED);
  return named.length < all.length ? [...named, `and ${all.length - named.length} more`] : named;
}
