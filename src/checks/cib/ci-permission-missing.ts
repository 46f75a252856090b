import type {AccessRequest} from '../../kube/rbac.ts';
import {Rbac} from '../../kube/rbac.ts';
import type {Outcome, Subject} from '../define.ts';
import {defineCheck, failSpec, pass, specRef, unknown} from '../define.ts';
import {decisiveSpecs} from '../../kube/workloads.ts';
import {missing} from '../../snapshot/evidence.ts';
import {CONNECTOR_PERMISSIONS} from './shared/links.ts';

/** The least that the vendor names for CI (`CONNECTOR_PERMISSIONS`, "Builds (CI)"), in the namespace of the builds. */
const RIGHTS: readonly {resource: string; verbs: readonly string[]}[] = [
  {resource: 'pods', verbs: ['get', 'list', 'watch', 'create', 'update', 'delete']},
  {resource: 'secrets', verbs: ['get', 'list', 'watch', 'create', 'update', 'delete']},
  {resource: 'events', verbs: ['list', 'watch']},
];

export default defineCheck({
  id: 'CIB013',
  name: 'ci-permission-missing',
  severity: 'error',
  since: '0.1.0',
  title: "The delegate's account lacks rights that builds need",
  evidence: ['A'],
  needs: ['ciRequest', 'workloads', 'roles', 'roleBindings', 'clusterRoles', 'clusterRoleBindings'],
  docs: {
    what: "Evaluates the cluster's RBAC objects for the service account of the delegate (`--delegate`): in the namespace of the builds it must get, list, watch, create, update and delete pods and secrets, and list and watch events. It holds for connectors that take their rights from the delegate; one with credentials of its own needs these rights for those instead. Authorizers other than RBAC are not seen.",
    why: 'Without one of these rights the delegate cannot create, follow or clean up the pods of a build: the stage fails while it is being set up, or leaves its pods behind.',
    fix: [
      'Look first: `kubectl auth can-i --list -n NAMESPACE --as=system:serviceaccount:DELEGATE_NAMESPACE:ACCOUNT`.',
      'Bind a Role with the missing rights to the account in the namespace of the builds: `kubectl create role ci-builds -n NAMESPACE --verb=get,list,watch,create,update,delete --resource=pods,secrets` and `kubectl create rolebinding ci-builds -n NAMESPACE --role=ci-builds --serviceaccount=DELEGATE_NAMESPACE:ACCOUNT`.',
    ],
    links: [CONNECTOR_PERMISSIONS, 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  },
  *run({ciRequest, workloads, ...objects}): Iterable<Outcome> {
    const {namespace, delegate} = ciRequest;
    const subject: Subject = delegate
      ? {kind: 'Workload', ...delegate}
      : {kind: 'Namespace', name: namespace};
    if (!delegate) {
      yield unknown(
        subject,
        'ciRequest',
        missing(
          'not-requested',
          'name the delegate with `--delegate NAMESPACE/NAME`: its account is the one that is judged',
        ),
      );
      return;
    }
    const workload = workloads.find(
      ({owner: {metadata}}) => metadata.namespace === delegate.namespace && metadata.name === delegate.name,
    );
    const [view] = workload ? decisiveSpecs(workload) : [];
    if (!workload || !view) {
      yield unknown(
        subject,
        'workloads',
        missing(
          'not-requested',
          `there is no workload ${delegate.namespace}/${delegate.name} whose account could be judged (CIB002)`,
        ),
      );
      return;
    }
    const name = view.spec.serviceAccountName ?? 'default';
    const account = {namespace: delegate.namespace, name};
    const rbac = new Rbac(objects);
    const denied = RIGHTS.map(({resource, verbs}) => ({
      resource,
      verbs: verbs.filter(verb => !rbac.allows(account, request(namespace, resource, verb))),
    })).filter(m => m.verbs.length > 0);
    if (denied.length === 0) {
      yield pass(workload.owner);
      return;
    }
    const lacks = denied.map(m => `${m.verbs.join(', ')} ${m.resource}`).join('; ');
    yield failSpec(workload, {
      cause: 'delegate-rights',
      message: `the account \`${account.namespace}/${name}\` of the delegate may not in namespace \`${namespace}\`: ${lacks}`,
      evidence: [specRef(view, '/serviceAccountName', name)],
    });
  },
});

function request(namespace: string, resource: string, verb: string): AccessRequest {
  return {verb, group: '', resource, namespace};
}
