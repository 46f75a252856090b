import type {Finding} from '../report.ts';

const OF_CONNECTIONS = /^(?:NET\d+|DNS00[1-5])$/;

/** Whether a finding is of connections that were tried. */
export function isOfConnections({id}: Finding): boolean {
  return OF_CONNECTIONS.test(id);
}

/** Findings of connections, and those that they follow from, in their order; what else is wrong is `doctor`'s to tell. */
export function connectionFindings(findings: readonly Finding[]): Finding[] {
  const byFingerprint = new Map(findings.map(f => [f.fingerprint, f]));
  const kept = new Set<Finding>();
  const keep = (finding: Finding | undefined): void => {
    if (!finding || kept.has(finding)) return;
    kept.add(finding);
    for (const cause of finding.causedBy) keep(byFingerprint.get(cause));
  };
  for (const finding of findings) if (isOfConnections(finding)) keep(finding);
  return findings.filter(f => kept.has(f));
}
