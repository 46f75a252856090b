import type {Node} from '../../../kube/types.ts';
import {ipKey} from '../../../kube/ip.ts';
import type {LoadBalancerState, ServiceVerdict, Tried} from '../../../probes/verdict.ts';
import {serviceVerdict} from '../../../probes/verdict.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {EvidenceMap} from '../../../snapshot/snapshot.ts';
import type {FileRef} from '../../define.ts';
import {SERVICE_WANTS} from '../../svc/shared/node-state.ts';
import type {ServiceWants} from '../../svc/shared/node-state.ts';
import {SERVICE_NEEDS, loadBalancersOf} from '../../svc/shared/service-node.ts';
import {NET_WANTS} from './seen.ts';

/** What tells which leg of a Service is broken: what HNS of the node has for it. */
export const LEG_WANTS = [...new Set([...NET_WANTS, ...SERVICE_NEEDS, ...SERVICE_WANTS])];

/** Evidence that may be missing. */
export type LegWants = ServiceWants & {
  readonly [K in (typeof SERVICE_NEEDS)[number]]: Evidence<EvidenceMap[K]>;
};

/** What HNS has for a virtual IP on the node where it was tried from; undefined where nobody saw. */
export function balancerOf(
  {probe: {from, to, protocol}}: Tried,
  wants: LegWants,
): LoadBalancerState | undefined {
  const nodes: readonly Node[] = wants.nodes.ok ? wants.nodes.value : [];
  const node = from.os === 'windows' ? nodes.find(n => n.metadata.name === from.node) : undefined;
  const check = node && loadBalancersOf(node, wants);
  if (!check) return undefined;
  const number = protocol === 'dns-udp' ? UDP : TCP;
  const isIt = ({
    vip,
    externalPort,
    protocol: of,
  }: {
    vip: string;
    externalPort: number;
    protocol: number;
  }): boolean => ipKey(vip) === ipKey(to.host) && externalPort === to.port && of === number;
  if (check.missing.some(m => isIt(m.expected))) return 'missing';
  const match = check.matches.find(m => isIt(m.expected));
  if (!match) return undefined;
  const {missing, extra, dangling, wrongPort} = match;
  return missing.length + extra.length + dangling.length > 0 || wrongPort ? 'wrong-backends' : 'right';
}

const TCP = 6;
const UDP = 17;

/** Where a virtual IP fails though its backend answers: which leg is broken, and where HNS says so. */
export function deadVip(
  vip: Tried,
  backend: Tried | undefined,
  wants: LegWants,
): {verdict: ServiceVerdict; state: LoadBalancerState | undefined; seenAt: FileRef[]} | undefined {
  if (!backend?.result.ok) return undefined;
  const state = balancerOf(vip, wants);
  const verdict = serviceVerdict(vip, backend, state);
  const {node} = vip.probe.from;
  const seenAt: FileRef[] =
    state === undefined ? [] : [{node, os: 'windows', file: 'hns/loadbalancers.json', pointer: ''}];
  return verdict && {verdict, state, seenAt};
}

/** A class of cause for each leg. */
export function legCause(state: LoadBalancerState | undefined, os: 'windows' | 'linux'): string {
  if (os === 'linux') return 'rules of kube-proxy';
  return CAUSES[state ?? 'unread'];
}

const CAUSES: Readonly<Record<LoadBalancerState | 'unread', string>> = {
  missing: 'load balancer missing',
  'wrong-backends': 'load balancer leads elsewhere',
  right: 'data path',
  unread: 'load balancer or data path',
};
