import type {Check} from '../../src/checks/define.ts';
import type {EvidenceKey} from '../../src/snapshot/snapshot.ts';

/** The evidence that some checks look at: what none of them reads is not asked for. */
export function neededEvidence(checks: readonly Check[]): Set<EvidenceKey> {
  // Summaries count nodes whatever was checked, and narrow rights are tried out namespace by namespace.
  const keys = new Set<EvidenceKey>(['nodes', 'namespaces']);
  for (const check of checks) {
    for (const key of [...check.needs, ...check.wants, ...check.passNeeds]) keys.add(key);
  }
  return keys;
}
