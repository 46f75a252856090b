import type {PodLog} from './summary.ts';

/** Where a bundle has the log of a container (CONTRACT §4), as troubleshoot lays it out. */
export function podLogPath({namespace, pod, container, previous}: Omit<PodLog, 'log'>): string {
  return `cluster-resources/pods/logs/${namespace}/${pod}/${container}${previous ? '-previous' : ''}.log`;
}
