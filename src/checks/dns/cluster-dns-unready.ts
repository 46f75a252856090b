import {isClusterDns} from '../../kube/cluster-dns.ts';
import {nodeNamesOf, osOfNode, pinnedOs} from '../../kube/os.ts';
import {isReady} from '../../kube/pods.ts';
import {Selection, slicesByService, slicesOf, usableEndpoints} from '../../kube/services.ts';
import type {Backend} from '../../kube/services.ts';
import type {Node, Service} from '../../kube/types.ts';
import {decisiveSpecs, idOf} from '../../kube/workloads.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail, Outcome} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, specRef, unknown} from '../define.ts';

export default defineCheck({
  id: 'DNS006',
  name: 'cluster-dns-unready',
  severity: 'error',
  since: '0.1.0',
  title: 'Cluster DNS has nobody to answer',
  evidence: ['A'],
  needs: ['services', 'endpointSlices', 'workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Reads the Service of cluster DNS (`kube-system/kube-dns`, or its like) and fails where it has no ready endpoint, where its pods are pinned to Windows, or where they sit on Windows nodes without being ready. CoreDNS runs on Linux only.',
    why: 'Without cluster DNS no pod, on Linux or Windows, finds a Service by name, and most find nothing outside either.',
    fix: [
      'See its pods: `kubectl get pods -n kube-system -l k8s-app=kube-dns -o wide`.',
      'Where they are pending, let them on a Linux node: `kubectl describe pod` says which taint is in the way.',
      'Pin them to Linux: `kubectl patch deployment -n kube-system coredns -p \'{"spec":{"template":{"spec":{"nodeSelector":{"kubernetes.io/os":"linux"}}}}}\'`.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
      'https://kubernetes.io/docs/concepts/services-networking/windows-networking/',
    ],
  },
  *run({services, endpointSlices, workloads, wants}) {
    const dns = services.filter(isClusterDns);
    if (dns.length === 0) {
      yield unknown(
        {kind: 'Service', namespace: 'kube-system', name: 'kube-dns'},
        'services',
        missing('unsupported', 'no Service of cluster DNS by a known name is there'),
      );
      return;
    }
    const selection = new Selection(workloads, dns);
    const slices = slicesByService(endpointSlices);
    for (const service of dns) {
      const backends = selection.of(service);
      const ready = usableEndpoints(slicesOf(service, slices)).length;
      const outcomes: Outcome[] = backends.flatMap(backend => onWindows(backend, wants.nodes, ready));
      if (ready === 0 && outcomes.length === 0) outcomes.push(...unready(service, backends));
      if (outcomes.length === 0) yield pass(service);
      else yield* outcomes;
    }
  },
});

/** Its workload is pinned to Windows, or what the scheduler did with it comes to the same. */
function onWindows({workload, pods}: Backend, nodes: Evidence<Node[]>, ready: number): Fail[] {
  const pinned = decisiveSpecs(workload).find(view => pinnedOs(view.spec) === 'windows');
  if (pinned) {
    return [
      failSpec(workload, {
        cause: 'pinned to Windows',
        message: `${workload.owner.kind} ${workload.owner.metadata.name} of cluster DNS is pinned to Windows, where CoreDNS does not run`,
        evidence: [specRef(pinned, '/nodeSelector', pinned.spec.nodeSelector)],
      }),
    ];
  }
  const windows = nodeNamesOf('windows', nodes);
  const pod = pods.find(p => p.nodeName !== undefined && windows.has(p.nodeName) && !isReady(p));
  if (!pod || ready > 0) return [];
  const noLinux = nodes.ok && !nodes.value.some(n => osOfNode(n) === 'linux');
  return [
    fail(pod, {
      cause: noLinux ? 'no Linux node' : 'placed on Windows',
      workload: idOf(workload.owner),
      message: `Pod ${pod.metadata.name} of cluster DNS sits on the Windows node ${pod.nodeName ?? ''} and is not ready${noLinux ? '; the cluster has no Linux node' : ''}`,
      evidence: [ref(pod, '/spec/nodeName', pod.nodeName)],
    }),
  ];
}

function unready(service: Service, backends: readonly Backend[]): Fail[] {
  const {namespace = '', name} = service.metadata;
  const pods = backends.flatMap(b => b.pods);
  const pending = pods.filter(p => p.nodeName === undefined).length;
  const says =
    pods.length === 0
      ? 'it selects no pod'
      : `none of its ${pods.length} pods is ready, ${pending} of them not on a node`;
  const fails = backends.map(({workload}) => ({workload: idOf(workload.owner)}));
  return (fails.length > 0 ? fails : [{}]).map(join =>
    fail(service, {
      cause: 'no ready endpoint',
      message: `Cluster DNS ${namespace}/${name} (${service.spec.clusterIP ?? 'no address'}) has no ready endpoint: ${says}`,
      ...join,
      evidence: [
        ref(service, '/spec/clusterIP', service.spec.clusterIP),
        ...pods.slice(0, 2).map(p => ref(p, '/status/phase', p.status.phase)),
      ],
    }),
  );
}
