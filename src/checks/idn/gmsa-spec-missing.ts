import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip} from '../define.ts';
import {GMSA_GUIDE, gmsaUses, hasGmsaCrd, unknownUses} from './shared/gmsa-users.ts';
import {gapOf} from '../../snapshot/evidence.ts';

export default defineCheck({
  id: 'IDN002',
  name: 'gmsa-spec-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods name a gMSA credential spec that does not exist',
  evidence: ['A'],
  needs: ['workloads'],
  wants: ['gmsaCredentialSpecs', 'customResourceDefinitions'],
  docs: {
    what: 'Every `gmsaCredentialSpecName` of a workload must be the name of a GMSACredentialSpec. Where the cluster does not even know the kind, IDN001 says so instead.',
    why: 'The webhook refuses to create the pods, so a Deployment stays below its replicas without a pod to look at; pods that run keep running until they are replaced.',
    fix: [
      'Compare the names: `kubectl get gmsacredentialspecs`.',
      'Create the spec out of what `New-CredentialSpec` writes on a machine of the domain, or correct the name in the workload.',
    ],
    links: [GMSA_GUIDE],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const uses = gmsaUses(workloads);
    if (uses.length === 0) {
      yield skip('no workload names a credential spec');
      return;
    }
    if (hasGmsaCrd(wants.customResourceDefinitions) === false) {
      yield skip('the cluster knows no credential specs at all (IDN001)');
      return;
    }
    const {gmsaCredentialSpecs: specs} = wants;
    const gap = gapOf(specs);
    if (!specs.ok || gap) {
      if (gap) yield* unknownUses(uses, 'gmsaCredentialSpecs', gap);
      return;
    }
    const names = new Set(specs.value.map(s => s.metadata.name));
    for (const {workload, name, ref} of uses) {
      if (names.has(name)) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'spec-missing',
        message: `there is no GMSACredentialSpec \`${name}\``,
        evidence: [ref],
      });
    }
  },
});
