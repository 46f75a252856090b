import type {Outcome, Subject} from '../define.ts';
import {defineCheck, pass, ref, unknown} from '../define.ts';
import type {KubeObject} from '../../kube/types.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';

export default defineCheck({
  id: 'CIB002',
  name: 'ci-identity-missing',
  severity: 'error',
  since: '0.1.0',
  title: "The build farm's namespace, service account or delegate is not in the cluster",
  evidence: ['A'],
  needs: ['ciRequest', 'namespaces', 'serviceAccounts'],
  wants: ['workloads'],
  docs: {
    what: 'Looks up the namespace (`--ci-namespace`) and the service account (`--ci-service-account`) that builds use, and the workload of the delegate (`--delegate`), which must run in the same cluster.',
    why: 'Build pods of a namespace or account that does not exist are refused when they are created, so every build fails in its first step.',
    fix: [
      'Compare the names with the infrastructure of the CI stage: `kubectl get namespaces`, `kubectl get serviceaccounts -n NAMESPACE`.',
      'Create what is missing: `kubectl create namespace NAMESPACE`, `kubectl create serviceaccount NAME -n NAMESPACE`.',
      'Install the delegate in this cluster, or name the right one with `--delegate NS/WORKLOAD`.',
    ],
    links: [BUILD_INFRASTRUCTURE],
  },
  *run({ciRequest, namespaces, serviceAccounts, wants}): Iterable<Outcome> {
    const {namespace, serviceAccount, delegate} = ciRequest;
    const home = namespaces.find(n => n.metadata.name === namespace);
    if (!home) {
      yield absent({kind: 'Namespace', name: namespace}, namespaces, 'namespace-absent');
      return;
    }
    yield pass(home);
    const account = serviceAccounts.find(
      a => a.metadata.namespace === namespace && a.metadata.name === serviceAccount,
    );
    if (account) yield pass(account);
    else yield absent({kind: 'ServiceAccount', namespace, name: serviceAccount}, [home], 'account-absent');
    if (!delegate) return;
    const subject = {kind: 'Workload', ...delegate};
    if (!wants.workloads.ok) {
      yield unknown(subject, 'workloads', wants.workloads);
      return;
    }
    const {value: workloads, partial} = wants.workloads;
    const found = workloads.find(
      ({owner: {metadata}}) => metadata.namespace === delegate.namespace && metadata.name === delegate.name,
    );
    if (found) yield pass(found.owner);
    else if (partial) yield unknown(subject, 'workloads', partial);
    else
      yield absent(
        subject,
        namespaces.filter(n => n.metadata.name === delegate.namespace),
        'delegate-absent',
      );
  },
});

/** The proof of an absence is where it was looked for. */
function absent(subject: Subject, searched: readonly KubeObject[], cause: string): Outcome {
  const {kind, namespace, name} = subject;
  const where = namespace === undefined ? 'the cluster' : `namespace \`${namespace}\``;
  const [place] = searched;
  return {
    status: 'fail',
    subject,
    cause,
    message: `${where} has no ${kind === 'Workload' ? 'delegate' : kind} \`${name}\``,
    evidence: place ? [ref(place, '/metadata/name', place.metadata.name)] : [],
  };
}
