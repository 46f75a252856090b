import {Rbac} from '../../kube/rbac.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip, specRef} from '../define.ts';
import {GMSA_GROUP, GMSA_GUIDE, GMSA_PLURAL, gmsaUses, unknownUses} from './shared/gmsa-users.ts';
import {gapOf} from '../../snapshot/evidence.ts';

const RBAC_OBJECTS = ['roles', 'roleBindings', 'clusterRoles', 'clusterRoleBindings'] as const;

export default defineCheck({
  id: 'IDN004',
  name: 'gmsa-use-denied',
  severity: 'error',
  since: '0.1.0',
  title: 'A service account may not use the gMSA credential spec that its pods name',
  evidence: ['A'],
  needs: ['workloads'],
  wants: RBAC_OBJECTS,
  docs: {
    what: "Evaluates the cluster's RBAC objects for the verb `use` on `gmsacredentialspecs` of the name, by the service account of the pods in their namespace, as the gMSA webhook asks the API server. Authorizers other than RBAC are not seen.",
    why: 'The webhook refuses to create the pods (`service account … is not authorized to use gMSA cred spec`), so a Deployment stays below its replicas without a pod to look at.',
    fix: [
      'Look first: `kubectl auth can-i use gmsacredentialspecs.windows.k8s.io/SPEC -n NAMESPACE --as=system:serviceaccount:NAMESPACE:ACCOUNT`.',
      'Allow it for this spec only: `kubectl create clusterrole use-SPEC --verb=use --resource=gmsacredentialspecs.windows.k8s.io --resource-name=SPEC` and `kubectl create rolebinding use-SPEC -n NAMESPACE --clusterrole=use-SPEC --serviceaccount=NAMESPACE:ACCOUNT`.',
    ],
    links: [GMSA_GUIDE, 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const uses = gmsaUses(workloads);
    if (uses.length === 0) {
      yield skip('no workload names a credential spec');
      return;
    }
    const {roles, roleBindings, clusterRoles, clusterRoleBindings} = wants;
    for (const key of RBAC_OBJECTS) {
      const gap = gapOf(wants[key]);
      if (!gap) continue;
      yield* unknownUses(uses, key, gap);
      return;
    }
    if (!roles.ok || !roleBindings.ok || !clusterRoles.ok || !clusterRoleBindings.ok) return;
    const rbac = new Rbac({
      roles: roles.value,
      roleBindings: roleBindings.value,
      clusterRoles: clusterRoles.value,
      clusterRoleBindings: clusterRoleBindings.value,
    });
    for (const {workload, view, name, ref} of uses) {
      const namespace = view.holder.metadata.namespace ?? 'default';
      const account = view.spec.serviceAccountName ?? 'default';
      const request = {verb: 'use', group: GMSA_GROUP, resource: GMSA_PLURAL, name, namespace};
      if (rbac.allows({namespace, name: account}, request)) {
        yield pass(workload.owner);
        continue;
      }
      yield failSpec(workload, {
        cause: 'use-denied',
        message: `the account \`${namespace}/${account}\` may not \`use\` the credential spec \`${name}\``,
        evidence: [ref, specRef(view, '/serviceAccountName', account)],
      });
    }
  },
});
