import {isFinished} from '../../kube/pods.ts';
import type {Backend} from '../../kube/services.ts';
import {slicesByService, slicesOf, usableEndpoints} from '../../kube/services.ts';
import type {Pod, Service} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {count, list} from '../../text/words.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {selectedServices} from './shared/windows-services.ts';

/** So many backends are named in a message. */
const MAX_NAMED = 3;

export default defineCheck({
  id: 'SVC012',
  name: 'no-ready-endpoints',
  severity: 'error',
  since: '0.1.0',
  title: 'A Service of Windows pods has no ready endpoint',
  evidence: ['A'],
  needs: ['services', 'endpointSlices', 'workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Reads every Service with a selector that picks Windows pods, and fails where its EndpointSlices hold no endpoint that is ready (or, as kube-proxy falls back to, serving while it ends). It is an information where the owners want no pod, and where the selector picks nothing in a namespace of Windows workloads. ExternalName and headless Services are left out.',
    why: '`kube-proxy` makes no load balancer for a Service without endpoints: connections to its address are refused or time out, from Linux pods, too.',
    fix: [
      'See why its pods are not ready: `kubectl get pods -n NAMESPACE -o wide`, then `kubectl describe pod`.',
      'Compare the selector with the labels of the pods: `kubectl get service -n NAMESPACE NAME -o wide`.',
      'Check the readiness probe: on Windows a first start takes longer than on Linux.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-service/',
      'https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/',
    ],
  },
  *run({services, endpointSlices, workloads, wants}) {
    const slices = slicesByService(endpointSlices);
    const windowsNamespaces = new Set<string>();
    const empty: Service[] = [];
    for (const {service, backends, windows} of selectedServices(services, workloads, wants)) {
      const {namespace = ''} = service.metadata;
      if (windows.length > 0) windowsNamespaces.add(namespace);
      if (service.spec.clusterIP === 'None')
        yield skip('headless: clients talk to pods, not to a load balancer');
      else if (backends.length === 0) empty.push(service);
      else if (windows.length > 0) {
        if (usableEndpoints(slicesOf(service, slices)).length > 0) yield pass(service);
        else yield* failsOf(service, windows);
      }
    }
    for (const service of empty) {
      if (windowsNamespaces.has(service.metadata.namespace ?? '')) yield selectsNothing(service);
      else yield skip('it selects nothing, and no Windows workload is near it');
    }
  },
});

/** One fail for each workload and node behind the Service, so that every fault behind it is found as its cause. */
function* failsOf(service: Service, backends: readonly Backend[]): Generator<Fail> {
  const wanting = backends.filter(({workload, pods}) => workload.wanted !== 0 && !areDone(pods));
  const idle = wanting.length === 0;
  const {namespace = '', name} = service.metadata;
  const owners = backends.map(b => `${b.workload.owner.kind} ${b.workload.owner.metadata.name}`);
  const named = list(owners.length > MAX_NAMED ? [...owners.slice(0, MAX_NAMED), 'others'] : owners);
  const pods = backends.reduce((sum, b) => sum + b.pods.length, 0);
  const message = idle
    ? `Service ${namespace}/${name} has no endpoint, as ${named} ${owners.length === 1 ? 'wants' : 'want'} no pod now`
    : `Service ${namespace}/${name} has no ready endpoint: none of the ${count(pods, 'pod')} of ${named} is ready`;
  const evidence = [ref(service, '/spec/selector', service.spec.selector)];
  for (const {workload, pods: selected} of idle ? backends.slice(0, 1) : wanting) {
    const byNode = Map.groupBy(selected, p => p.nodeName);
    if (byNode.size === 0) byNode.set(undefined, []);
    for (const [node, there] of byNode) {
      yield fail(service, {
        ...(idle && {severity: 'info' as const}),
        cause: idle ? 'no pod wanted' : 'no pod ready',
        message,
        workload: idOf(workload.owner),
        ...(node !== undefined && {node}),
        evidence: [...evidence, ...podRefs(there)],
      });
    }
  }
}

/** Pods that all ended for good will not become ready, as those of a Job; of no pods at all none has ended. */
function areDone(pods: readonly Pod[]): boolean {
  return pods.length > 0 && pods.every(isFinished);
}

function podRefs(pods: readonly Pod[]): Fail['evidence'] {
  const [pod] = pods;
  if (!pod) return [];
  const at = pod.status.conditions?.findIndex(c => c.type === 'Ready') ?? -1;
  if (at < 0) return [ref(pod, '/status/phase', pod.status.phase)];
  return [ref(pod, `/status/conditions/${at}/status`, pod.status.conditions?.[at]?.status)];
}

function selectsNothing(service: Service): Fail {
  const {namespace = '', name} = service.metadata;
  const pairs = Object.entries(service.spec.selector ?? {}).map(([k, v]) => `${k}=${v}`);
  return fail(service, {
    severity: 'info',
    cause: 'selects nothing',
    message: `Service ${namespace}/${name} selects no pod and no workload: nothing in ${namespace} has the labels ${pairs.join(', ')}`,
    evidence: [ref(service, '/spec/selector', service.spec.selector)],
    fix: [
      `Compare the selector with the labels of the pods: \`kubectl get pods -n ${namespace} --show-labels\`.`,
    ],
  });
}
