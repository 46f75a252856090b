import type {LinkFault, LinkPart} from './failing.ts';
import type {Probe, ProbeError, ProbeResult, Target} from './types.ts';
import {hasFailed} from './types.ts';

/** A probe and what came of it. */
export interface Tried {
  readonly probe: Probe;
  readonly result: ProbeResult;
}

/** What HNS of the vantage point's node has for a virtual IP; undefined where it was not read, or is no Windows node. */
export type LoadBalancerState = 'missing' | 'right' | 'wrong-backends';

/** Which leg of a Service is broken. */
export interface ServiceVerdict {
  readonly broken: 'load-balancer' | 'data-path' | 'backend' | 'backend-or-way' | 'unknown';
  /** One sentence. */
  readonly sentence: string;
}

/**
 * Says which leg is broken where a virtual IP fails: the virtual IP itself, by what HNS has for it, or the backend behind it,
 * tried from the same place. Undefined where the virtual IP works or was not tried.
 */
export function serviceVerdict(
  vip: Tried,
  backend: Tried | undefined,
  hns: LoadBalancerState | undefined,
): ServiceVerdict | undefined {
  if (!hasFailed(vip.result)) return undefined;
  const {from, to} = vip.probe;
  const service = to.of.namespace === undefined ? to.of.name : `${to.of.namespace}/${to.of.name}`;
  const fails = `${addressOf(to)} of ${service} ${wordsOf(vip.result.error)} from ${placeOf(vip.probe)}`;
  if (!backend || (!backend.result.ok && !hasFailed(backend.result)))
    return {broken: 'unknown', sentence: `${fails}, and no backend of it was tried from there`};
  const behind = addressOf(backend.probe.to);
  if (!backend.result.ok) {
    const isThere = backend.result.error === 'refused' || backend.result.error === 'reset';
    return isThere
      ? {
          broken: 'backend',
          sentence: `${fails}, and so does its backend ${behind}: the pod does not serve that port`,
        }
      : {
          broken: 'backend-or-way',
          sentence: `${fails}, and its backend ${behind} ${wordsOf(backend.result.error)}, too: the Service is not at fault, the way to the pod or the pod is`,
        };
  }
  const alive = `${fails}, its backend ${behind} answers`;
  const {node, os} = from;
  if (os === 'linux')
    return {broken: 'load-balancer', sentence: `${alive}: the rules of kube-proxy on ${node} are at fault`};
  const [broken, says] = BY_HNS[hns ?? 'unread'];
  return {broken, sentence: `${alive}${says.replace('NODE', () => node)}`};
}

const BY_HNS: Readonly<Record<LoadBalancerState | 'unread', readonly [ServiceVerdict['broken'], string]>> = {
  missing: ['load-balancer', ', HNS on NODE has no load balancer for it'],
  'wrong-backends': ['load-balancer', ', the load balancer that HNS on NODE has for it leads elsewhere'],
  right: [
    'data-path',
    ', HNS on NODE has the right load balancer for it: the virtual switch (VFP) does not do what HNS has',
  ],
  unread: ['load-balancer', ': its load balancer on NODE is at fault, and what HNS has was not read'],
};

/** ` of pods`, ` over IPv6`. */
export function partWords(only: LinkPart | undefined): string {
  if (only === undefined) return '';
  return only.startsWith('IP') ? ` over ${only}` : ` of ${only}`;
}

/** One sentence on what failed connections between nodes have in common. */
export function linkSentence(fault: LinkFault): string {
  const tried = fault.probes.length;
  const some = 'only' in fault ? partWords(fault.only) : '';
  const all = tried === 1 ? 'the one connection' : `all ${tried} connections${some}`;
  switch (fault.kind) {
    case 'isolated':
      return `Node ${fault.node} is isolated: ${all} to and from it failed`;
    case 'receives-nothing':
      return `Pods of ${fault.node} are reached from no other node: ${all} to them failed`;
    case 'sends-nothing':
      return `Node ${fault.node} reaches no other node: ${all} from it failed`;
    case 'group-isolated':
      return `Nodes of ${fault.group} are cut off from all others: ${all} to and from them failed`;
    case 'group-receives-nothing':
      return `Nodes of ${fault.group} are reached from no other: ${all} to them failed`;
    case 'group-sends-nothing':
      return `Nodes of ${fault.group} reach no other: ${all} from them failed`;
    case 'between-groups':
      return `Nothing goes from ${fault.from} to ${fault.to}: ${all} failed`;
    case 'link':
      return `Node ${fault.from} does not reach pods of ${fault.to}: ${all} failed`;
    default:
      return fault satisfies never;
  }
}

const WORDS: Readonly<Partial<Record<ProbeError, string>>> = {
  refused: 'is refused',
  'timed-out': 'does not answer in time',
  reset: 'is reset',
  unreachable: 'is unreachable',
  'name-not-found': 'is not found',
  'server-failure': 'is answered with a server failure',
  'no-answer': 'does not answer',
  'wrong-answer': 'is answered by something else',
  blackhole: 'loses large packets',
};

/** What an error does to a connection: `does not answer in time`. */
export function wordsOf(error: ProbeError | undefined): string {
  return (error && WORDS[error]) ?? 'fails';
}

/** `Pod shop/web-0 on win-1`, or `Host win-1`. */
export function placeText({from: {node, pod}}: Probe): string {
  return pod ? `Pod ${pod.namespace}/${pod.name} on ${node}` : `Host ${node}`;
}

/** `Pod shop/api-1 on win-2 (10.244.2.5:80)`. */
export function targetText(to: Target): string {
  const {of, node} = to;
  const name = of.namespace === undefined ? of.name : `${of.namespace}/${of.name}`;
  return `${of.kind} ${name}${node === undefined || of.kind === 'Node' ? '' : ` on ${node}`} (${addressOf(to)})`;
}

/** `10.96.0.1:443`, `[fd00::1]:443`. */
export function addressOf({host, port}: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function placeOf({from: {node, pod}}: Probe): string {
  return pod ? `pod ${pod.namespace}/${pod.name} on ${node}` : `the host ${node}`;
}
