/** What HNS calls the states of networks (https://github.com/microsoft/hcsshim/blob/main/internal/hns/hnsnetwork.go). */
const NETWORK_STATES = ['Uninitialized', 'Created', 'Degraded', 'Destroyed'];
/** The same of endpoints (https://github.com/microsoft/hcsshim/blob/main/internal/hns/hnsendpoint.go). */
const ENDPOINT_STATES = [
  'Uninitialized',
  'Created',
  'Attached',
  'AttachedSharing',
  'Detached',
  'Degraded',
  'Destroyed',
];

/** A state of a network in words; null where the answer has none. */
export function networkState(state: number | undefined): string | null {
  return nameOf(NETWORK_STATES, state);
}

/** A state of an endpoint in words; null where the answer has none. */
export function endpointState(state: number | undefined): string | null {
  return nameOf(ENDPOINT_STATES, state);
}

/** What is known of the numbers that HNS has no words for: seen on healthy nodes, and where nothing could be removed any more. */
const KNOWN = {
  balancer: new Map([[2, 'ok']]),
  namespace: new Map([
    [1, 'ok'],
    [4, 'stuck'],
  ]),
};

/** A state that is a number, with what is known of it: `2 (ok)`; empty where the answer has none. */
export function stateCell(kind: keyof typeof KNOWN, state: number | null): string {
  if (state === null) return '';
  const words = KNOWN[kind].get(state);
  return words === undefined ? String(state) : `${state} (${words})`;
}

function nameOf(names: readonly string[], state: number | undefined): string | null {
  return state === undefined ? null : (names[state] ?? String(state));
}
