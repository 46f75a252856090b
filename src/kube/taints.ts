import {wholeNumber} from './node-match.ts';
import type {Taint, Toleration} from './types.ts';

/**
 * Taints that Kubernetes and its cloud controllers set for a time: they say how a node is, not whom it is for.
 * https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
const PASSING_TAINTS = new Set([
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
  'node.kubernetes.io/unschedulable',
  'node.kubernetes.io/memory-pressure',
  'node.kubernetes.io/disk-pressure',
  'node.kubernetes.io/pid-pressure',
  'node.kubernetes.io/network-unavailable',
  'node.kubernetes.io/out-of-service',
  'node.cilium.io/agent-not-ready',
  'ToBeDeletedByClusterAutoscaler',
  'DeletionCandidateOfClusterAutoscaler',
  'karpenter.sh/disrupted',
  'karpenter.sh/unregistered',
]);

/** Whether a taint keeps pods off for good: `PreferNoSchedule` never does, and a node's condition passes. */
export function isLastingTaint({key, effect}: Taint): boolean {
  return effect !== 'PreferNoSchedule' && !PASSING_TAINTS.has(key);
}

/**
 * Whether a toleration covers a taint, by the scheduler's rules (`ToleratesTaint` in `k8s.io/api/core/v1`). `Lt` and
 * `Gt` exist from 1.35 on and are read as meant; an empty key with `Exists` covers everything.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const {key, operator, value = '', effect} = toleration;
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  switch (operator) {
    case undefined:
    case '':
    case 'Equal':
      return value === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt': {
      const bound = wholeNumber(value);
      const found = wholeNumber(taint.value);
      if (bound === undefined || found === undefined) return false;
      return operator === 'Lt' ? found < bound : found > bound;
    }
    default:
      return false;
  }
}

/** The first lasting taint that none of the tolerations covers. */
export function untolerated(
  taints: readonly Taint[] | undefined,
  tolerations: readonly Toleration[],
): Taint | undefined {
  return taints?.find(taint => isLastingTaint(taint) && !tolerations.some(t => tolerates(t, taint)));
}

/** A taint as `kubectl taint` writes it: `os=windows:NoSchedule`. */
export function taintText({key, value, effect}: Taint): string {
  return value ? `${key}=${value}:${effect}` : `${key}:${effect}`;
}

/** Whether a toleration covers every `NoSchedule` taint there is, whatever it stands for. */
export function isBlanket({key, operator, effect}: Toleration): boolean {
  return !key && operator === 'Exists' && (!effect || effect === 'NoSchedule');
}

/** The toleration that covers a taint, as it is written in a manifest. */
export function tolerationYaml({key, value, effect}: Taint): string {
  const test = value ? `operator: Equal, value: ${JSON.stringify(value)}` : 'operator: Exists';
  return `tolerations: [{key: ${JSON.stringify(key)}, ${test}, effect: ${effect}}]`;
}
