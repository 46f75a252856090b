import type {HnsEndpoint} from '../../hns/model.ts';
import {ipKey} from '../../kube/ip.ts';
import {hasPodNetwork, isFinished, isTerminating} from '../../kube/pods.ts';
import type {EndpointSlice, Node, Pod, Service} from '../../kube/types.ts';
import {millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import type {Fail, Part} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {failOfParts} from '../parts.ts';
import {stateOf} from '../second-look.ts';
import {hnsRefs, ipRef} from './shared/hns-ref.ts';
import {KUBE_PROXY_WANTS, kubeProxyOn} from './shared/kube-proxy-on.ts';
import {once} from '../../once/once.ts';
import {podIps, podsByNode} from './shared/pods-by-node.ts';

export default defineCheck({
  id: 'HNS008',
  name: 'remote-endpoint-stale',
  severity: 'error',
  since: '0.1.0',
  title: 'Endpoints of pods that were elsewhere are left in HNS',
  evidence: ['A', 'N'],
  needs: ['nodes', 'pods', 'services', 'endpointSlices', 'node.hns.endpoints'],
  wants: KUBE_PROXY_WANTS,
  perNode: true,
  docs: {
    what: 'The remote endpoints of HNS on each Windows node, which kube-proxy makes of backends on other nodes. It is an error where one has the address of a pod that lives on this node, and a warning where its address is in no EndpointSlice. Left out are addresses of nodes and of Services, which kube-proxy gives endpoints on an overlay, and its own source address.',
    why: 'When the address comes to a pod here, HNS sends its packets away over the network: that one pod is not reachable, or reaches nobody, and others like it work.',
    fix: [
      'Delete the endpoint on the node; it serves nobody: `Get-HnsEndpoint | Where-Object Id -eq ID | Remove-HnsEndpoint`.',
      'Make the pod anew, so that it gets another address: `kubectl delete pod POD -n NAMESPACE`.',
      'Restart kube-proxy of the node, which cleans up: no Service answers there until its load balancers are made anew.',
    ],
    links: [
      'https://github.com/microsoft/Windows-Containers/issues/631',
      'https://github.com/kubernetes/kubernetes/issues/130963',
      'https://github.com/kubernetes/kubernetes/pull/137381',
    ],
  },
  retell: unknownOnes,
  *run(input) {
    const {now, wants} = input;
    const pods = podsByNode(input.pods);
    const wanted = [backendIps(input.endpointSlices), serviceIps(input.services), nodeIps(input.nodes)];
    yield* eachNode(input, ['node.hns.endpoints'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const here = podsHere(pods.get(name) ?? []);
      const own = new Set((kubeProxyOn(node, wants).sourceVip?.value ?? '').split(',').map(ipKey));
      const hnsRef = hnsRefs(at, 'endpoints');
      const fails: Fail[] = [];
      const unknown: HnsEndpoint[] = [];
      for (const endpoint of facts['node.hns.endpoints']) {
        if (!endpoint.remote) continue;
        const keys = endpoint.ips.map(ipKey);
        const taken = keys.findIndex(key => here.has(key));
        const pod = here.get(keys[taken] ?? '');
        if (pod) {
          const started = millis(pod.status.startTime);
          const looks = {at: now, ...(started !== undefined && {unchangedSince: started})};
          const {namespace = ''} = pod.metadata;
          fails.push({
            ...fail(pod, {
              cause: 'address of a pod here',
              key: keys[taken] ?? '',
              message: `HNS on ${name} has a remote endpoint with ${endpoint.ips[taken] ?? ''}, the address of Pod ${namespace}/${pod.metadata.name}, which runs there itself`,
              evidence: [ipRef(hnsRef, endpoint, taken), ref(pod, '/status/podIP', pod.status.podIP)],
            }),
            state: stateOf(looks) === 'confirmed' ? 'confirmed' : 'suspected',
          });
        } else if (keys.length > 0 && !keys.some(key => own.has(key) || wanted.some(ips => ips.has(key)))) {
          unknown.push(endpoint);
        }
      }
      if (unknown.length > 0) {
        fails.push(
          failOfParts(node, unknownOnes, {
            severity: 'warning',
            cause: 'in no EndpointSlice',
            parts: unknown.map(e => ({key: e.id, as: e.ips.join(' and '), evidence: [ipRef(hnsRef, e)]})),
            state: 'suspected',
          }),
        );
      }
      if (fails.length > 0) yield* fails;
      else yield pass(node);
    });
  },
});

function unknownOnes({node = ''}: Pick<Fail, 'node'>, parts: readonly Part[]): string {
  return `HNS on ${node} has ${count(parts.length, 'remote endpoint')} whose address is in no EndpointSlice, as ${parts[0]?.as ?? ''}`;
}

const nodeIps = once(
  (nodes: readonly Node[]) =>
    new Set(nodes.flatMap(n => (n.status.addresses ?? []).map(a => ipKey(a.address)))),
);

const serviceIps = once(
  (services: readonly Service[]) =>
    new Set(services.flatMap(({spec}) => [...(spec.clusterIPs ?? []), spec.clusterIP ?? '']).map(ipKey)),
);

const backendIps = once(
  (slices: readonly EndpointSlice[]) =>
    new Set(slices.flatMap(s => (s.endpoints ?? []).flatMap(e => (e.addresses ?? []).map(ipKey)))),
);

/** Living pods of the node by their addresses. */
function podsHere(pods: readonly Pod[]): ReadonlyMap<string, Pod> {
  const living = pods.filter(p => hasPodNetwork(p) && !isFinished(p) && !isTerminating(p));
  return new Map(living.flatMap(pod => podIps(pod).map(ip => [ipKey(ip), pod] as const)));
}
