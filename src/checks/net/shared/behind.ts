import type {Leg} from '../../../probes/types.ts';
import {isAnswered} from '../../../probes/types.ts';
import type {Tried} from '../../../probes/verdict.ts';

/** Legs that go to what is behind a Service. */
export const BEHIND_LEGS: readonly Leg[] = [
  'node-to-pod',
  'pod-other-node',
  'pod-same-node',
  'backend',
  'dns-backend',
];

/** What fails from each node: addresses, and nodes whose pods do, by family. */
export function lostFrom(tried: readonly Tried[]): Map<string, Set<string>> {
  const lost = new Map<string, Set<string>>();
  for (const {probe, result} of tried) {
    if (result.ok) continue;
    const {from, to, leg} = probe;
    const own = lost.get(from.node) ?? new Set();
    lost.set(from.node, own);
    own.add(`${familyOf(to.host)} ${to.host}`);
    const isLink = leg === 'node-to-pod' || leg === 'pod-other-node';
    if (isLink && to.node !== undefined && !isAnswered(result)) own.add(`${familyOf(to.host)} ${to.node}`);
  }
  return lost;
}

/** Pods of which everybody who tried them was told no: a pod serves both of its addresses or neither. */
export function refusingPods(tried: readonly Tried[]): Set<string> {
  const byPod = Map.groupBy(
    tried.filter(t => t.probe.to.of.kind === 'Pod'),
    ({probe: {to}}) => `${to.of.namespace ?? ''}/${to.of.name}`,
  );
  return new Set(
    [...byPod].flatMap(([pod, own]) => (own.every(t => !t.result.ok && isAnswered(t.result)) ? [pod] : [])),
  );
}

/** Pods that nobody reached of those who tried, by family. From one node alone it may as well be that node's own trouble. */
export function deadPods(tried: readonly Tried[]): Set<string> {
  const byPod = Map.groupBy(
    tried.filter(t => t.probe.to.of.kind === 'Pod'),
    ({probe: {to}}) => `${familyOf(to.host)} ${to.of.namespace ?? ''}/${to.of.name}`,
  );
  return new Set(
    [...byPod].flatMap(([pod, own]) => {
      const from = new Set(own.map(t => t.probe.from.node));
      const isSure = from.size > 1 || own.some(t => t.probe.leg === 'pod-same-node');
      return isSure && own.every(t => !t.result.ok) ? [pod] : [];
    }),
  );
}

/** As a word in keys. */
export function familyOf(host: string): string {
  return host.includes(':') ? 'IPv6' : 'IPv4';
}
