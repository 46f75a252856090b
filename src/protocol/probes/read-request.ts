import {isRecord} from '../../kube/shape.ts';
import type {ProbeOrder, ProbesRequest} from './orders.ts';
import {PROBE_KINDS, PROBE_LIMITS} from './orders.ts';

/** Reads a body strictly: the request, or in one sentence what is wrong with it. Where probes may go is judged later. */
export function readProbesRequest(body: unknown): ProbesRequest | string {
  if (!isRecord(body)) return 'the body is no JSON object';
  const unknown = Object.keys(body).find(k => k !== 'orders' && k !== 'deadlineMs');
  if (unknown !== undefined)
    return `the body has a field that this agent does not know: ${unknown.slice(0, 64)}`;
  const {orders, deadlineMs} = body;
  if (!Array.isArray(orders) || orders.length === 0 || orders.length > PROBE_LIMITS.orders)
    return `orders is no list of 1 to ${PROBE_LIMITS.orders} orders`;
  if (deadlineMs !== undefined && !isCount(deadlineMs, PROBE_LIMITS.deadlineMs))
    return `deadlineMs is no number of 1 to ${PROBE_LIMITS.deadlineMs}`;
  const ids = new Set<unknown>();
  for (const [index, order] of orders.entries()) {
    const problem = problemOf(order);
    if (problem !== undefined) return `orders[${index}]: ${problem}`;
    const {id} = order;
    if (ids.has(id)) return `orders[${index}]: another order has its id`;
    ids.add(id);
  }
  // Every field was looked at.
  return {orders: orders as ProbeOrder[], ...(deadlineMs !== undefined && {deadlineMs})};
}

type Test = (value: unknown) => boolean;

const isText =
  (most: number, form: RegExp): Test =>
  value =>
    typeof value === 'string' && value.length <= most && form.test(value);

/** Printable, without spaces at its ends: ids are echoed, and nothing else is done with them. */
const isId = isText(1024, /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/);
/** An address or a name; which of them it is, and whether it is one, the agent's policy judges. */
const isHost = isText(253, /^[\w.:-]+$/);
const isPort: Test = value => isCount(value, 65_535);
const isNonce = isText(32, /^[0-9a-f]{32}$/);

const COMMON: Readonly<Record<string, Test>> = {
  id: isId,
  kind: value => PROBE_KINDS.some(kind => kind === value),
  from: isPodRef,
  tries: value => isCount(value, PROBE_LIMITS.tries),
  timeoutMs: value => isCount(value, PROBE_LIMITS.timeoutMs),
};

const TARGET: Readonly<Record<string, Test>> = {
  host: isHost,
  port: isPort,
  family: value => value === 4 || value === 6,
};

const HTTP = {
  ...TARGET,
  // As it stands in a request line (RFC 9112 §3.2.1).
  path: isText(1024, /^\/[\x21-\x7e]*$/),
};

const DNS: Readonly<Record<string, Test>> = {
  server: isHost,
  port: isPort,
  query: isText(254, /^[\w-]+(?:\.[\w-]+)*\.?$/),
  recordType: value => value === 'A' || value === 'AAAA',
  search: value => typeof value === 'boolean',
};

const OWN: Readonly<Record<ProbeOrder['kind'], Readonly<Record<string, Test>>>> = {
  tcp: TARGET,
  http: HTTP,
  https: HTTP,
  'dns-udp': DNS,
  'dns-tcp': DNS,
  listen: {nonce: isNonce, listenMs: value => isCount(value, PROBE_LIMITS.listenMs)},
  'path-mtu': {...TARGET, nonce: isNonce},
};

const REQUIRED: ReadonlySet<string> = new Set(['id', 'kind', 'host', 'port', 'query', 'nonce']);
/** A DNS probe goes to port 53 unless it says another. */
const isRequired = (field: string, kind: string): boolean =>
  REQUIRED.has(field) && !(field === 'port' && kind.startsWith('dns-'));

function problemOf(order: unknown): string | undefined {
  if (!isRecord(order)) return 'it is no JSON object';
  const {kind} = order;
  const known = PROBE_KINDS.find(k => k === kind);
  if (!known) return `its kind is none of ${PROBE_KINDS.join(', ')}`;
  const tests = {...COMMON, ...OWN[known]};
  for (const field of Object.keys(order))
    if (!Object.hasOwn(tests, field)) return `${known} has no field ${field.slice(0, 64)}`;
  for (const [field, test] of Object.entries(tests)) {
    const value = order[field];
    if (value === undefined ? isRequired(field, known) : !test(value))
      return `its ${field} is ${value === undefined ? 'missing' : 'not what it has to be'}`;
  }
  return undefined;
}

function isPodRef(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const {namespace, name, uid, ...others} = value;
  return (
    isLabel(namespace) &&
    isName(name) &&
    (uid === undefined || isUid(uid)) &&
    Object.keys(others).length === 0
  );
}

// What Kubernetes allows (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
const isLabel = isText(63, /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/);
const isName = isText(253, /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/);
/** A UUID, or a hash of static pods; it is only compared. */
const isUid = isText(128, /^[\w.-]+$/);

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most;
}
