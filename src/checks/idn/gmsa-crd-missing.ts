import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip} from '../define.ts';
import {GMSA_GROUP, GMSA_GUIDE, GMSA_PLURAL, gmsaUses, hasGmsaCrd, unknownUses} from './shared/gmsa-users.ts';
import {gapOf} from '../../snapshot/evidence.ts';

export default defineCheck({
  id: 'IDN001',
  name: 'gmsa-crd-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods name a gMSA credential spec, and the cluster knows no such kind',
  evidence: ['A'],
  needs: ['workloads'],
  wants: ['customResourceDefinitions'],
  docs: {
    what: 'Where a workload sets `gmsaCredentialSpecName`, the CustomResourceDefinition `gmsacredentialspecs.windows.k8s.io` must be installed.',
    why: 'Without it there can be no credential spec and no webhook that reads one: the pods are refused, or run without their domain identity and fail at the first access to the domain.',
    fix: [
      'Install the CRD with the webhook: `helm install gmsa --repo https://raw.githubusercontent.com/kubernetes-sigs/windows-gmsa/gh-pages windows-gmsa -n gmsa --create-namespace`.',
      'On AKS switch it on instead: `az aks update -g GROUP -n CLUSTER --enable-windows-gmsa`.',
    ],
    links: [GMSA_GUIDE, 'https://github.com/kubernetes-sigs/windows-gmsa'],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const uses = gmsaUses(workloads);
    if (uses.length === 0) yield skip('no workload names a credential spec');
    const installed = hasGmsaCrd(wants.customResourceDefinitions);
    const gap = gapOf(wants.customResourceDefinitions);
    if (installed === undefined && gap) {
      yield* unknownUses(uses, 'customResourceDefinitions', gap);
      return;
    }
    for (const {workload, name, ref} of uses) {
      if (installed) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'crd-missing',
        message: `the credential spec \`${name}\` is named, and the cluster has no CustomResourceDefinition ${GMSA_PLURAL}.${GMSA_GROUP}`,
        evidence: [ref],
      });
    }
  },
});
