import {CHECKS} from '../../src/checks/index.ts';
import type {TestCluster} from './cluster.ts';
import {reportOf} from './judged.ts';

/** Every error and warning that all checks find, as `ID` or `ID <- causes`, in the order of the ids. */
export function chainOf(cluster: TestCluster): string[] {
  const {findings} = reportOf(cluster, CHECKS);
  const ids = new Map(findings.map(f => [f.fingerprint, f.id]));
  return findings
    .filter(f => f.severity !== 'info')
    .map(({id, causedBy}) => {
      const causes = [...new Set(causedBy.map(c => ids.get(c) ?? c))].sort();
      return causes.length === 0 ? id : `${id} <- ${causes.join(' ')}`;
    })
    .sort();
}
