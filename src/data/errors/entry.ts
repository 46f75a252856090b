/** Where a text of the catalogue shows up: reasons of pod events, node conditions, logs of components on the node. */
export type Where =
  | 'FailedCreatePodSandBox'
  | 'Failed'
  | 'FailedMount'
  | 'FailedKillPod'
  | 'FailedScheduling'
  | 'node condition'
  | 'kubelet log'
  | 'kube-proxy log'
  | 'containerd log'
  | 'CNI log'
  | 'event log'
  | 'kubectl output';

/** One known error of Windows nodes: how to know it, what it means, what to do. */
export interface ErrorEntry {
  /** Stable and part of fingerprints: a finding of this class is named by it. */
  readonly id: string;
  /**
   * Alternatives, each a list of parts that must all occur. Parts are lower case and sought in the lowered text; a part
   * that starts with `0x` is sought among the codes of the text instead (`codesIn`), so that notations do not matter.
   */
  readonly match: readonly (readonly string[])[];
  readonly where: readonly Where[];
  /** The fault as a headline, without values. */
  readonly title: string;
  /** One sentence: what went wrong and why. */
  readonly meaning: string;
  /** What to do, the least harmful first. */
  readonly remedy: readonly string[];
  readonly links: readonly string[];
  /** The check that reports this class by itself, so that others leave it alone. */
  readonly judgedBy?: string;
  /** Only the echo of an earlier error of the same pod: it counts where nothing else is known. */
  readonly fallout?: true;
}

/** Address of an issue or pull request on GitHub. */
export function issue(repository: string, number: number): string {
  return `https://github.com/${repository}/issues/${number}`;
}
