import type {HnsEndpoint} from '../../hns/model.ts';
import {isClusterDns} from '../../kube/cluster-dns.ts';
import {ipKey} from '../../kube/ip.ts';
import {kubeletConfig} from '../../kube/kubelet-config.ts';
import {hasPodNetwork, isTerminating} from '../../kube/pods.ts';
import type {ConfigMap, Pod, Service} from '../../kube/types.ts';
import {valueOn} from '../../node/on-node.ts';
import {programOf} from '../../node/processes.ts';
import type {NodeProcess} from '../../node/processes.ts';
import type {Indexed} from '../../node/items.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {count, list} from '../../text/words.ts';
import type {FileRef, ObjectRef} from '../define.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {eachNode} from '../each-node.ts';
import type {SeenNode} from '../each-node.ts';
import {hnsRefs, ipRef} from './shared/hns-ref.ts';
import {once} from '../../once/once.ts';
import {podIps, podsByNode} from './shared/pods-by-node.ts';

const DNS_PORT = 53;

/** Servers of which the first that a pod asks must be one, and what says so. */
interface Servers {
  accepted: readonly string[];
  /** One clause. */
  from: string;
  proof: FileRef | ObjectRef | undefined;
}

export default defineCheck({
  id: 'HNS017',
  name: 'endpoint-dns-wrong',
  severity: 'error',
  since: '0.1.0',
  title: 'Pods ask the wrong DNS server',
  evidence: ['A', 'N'],
  needs: ['nodes', 'pods', 'services', 'node.hns.endpoints'],
  wants: ['configMaps', 'node.processes'],
  perNode: true,
  docs: {
    what: 'The DNS servers and suffixes of the HNS endpoint of each running pod. Under `ClusterFirst` the first server must be what the kubelet has as `clusterDNS` (its flag on the node, else the ConfigMap `kubelet-config`; where neither tells, any Service with port 53), and one suffix must begin with `NAMESPACE.svc.`. Under `None` the first server must be one of `dnsConfig`. Pods with `Default` follow their node, and are left out.',
    why: 'Windows asks the first server and takes its answer: names of Services are not found, or only in full length. A pod that worked yesterday keeps what its endpoint was made with.',
    fix: [
      'Compare `dns` and `capabilities.dns` of the CNI configuration on the node with `clusterDNS` of its kubelet.',
      'Make the pod anew: `kubectl delete pod POD -n NAMESPACE`. DNS settings are given to an endpoint when it is made.',
      'Use full names with a dot at the end (`web.shop.svc.cluster.local.`) until then.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows',
      'https://github.com/Azure/azure-container-networking/issues/147',
      'https://github.com/kubernetes/kubernetes/issues/61579',
    ],
  },
  many: (fails, pods) =>
    `${count(pods, 'pod')} ask the wrong DNS server, or without the suffix of their namespace, as: ${fails[0]?.message ?? ''}`,
  *run(input) {
    const {wants} = input;
    const pods = podsByNode(input.pods);
    yield* eachNode(input, ['node.hns.endpoints'], function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const {name} = node.metadata;
      const byIp = new Map<string, HnsEndpoint>();
      for (const endpoint of facts['node.hns.endpoints']) {
        if (!endpoint.remote) for (const ip of endpoint.ips) byIp.set(ipKey(ip), endpoint);
      }
      const processes = valueOn(wants['node.processes'], name) ?? [];
      const cluster = clusterServers(processes, at, wants.configMaps, input.services);
      const hnsRef = hnsRefs(at, 'endpoints');
      for (const pod of pods.get(name) ?? []) {
        const endpoint = podIps(pod).flatMap(ip => byIp.get(ipKey(ip)) ?? [])[0];
        const policy = pod.spec.dnsPolicy ?? 'ClusterFirst';
        if (!endpoint || pod.status.phase !== 'Running' || !hasPodNetwork(pod) || isTerminating(pod))
          continue;
        const servers = policy === 'ClusterFirst' ? cluster : policy === 'None' ? ownServers(pod) : undefined;
        if (!servers || servers.accepted.length === 0) continue;
        const wrong = wrongIn(
          endpoint,
          servers,
          policy === 'ClusterFirst' ? pod.metadata.namespace : undefined,
        );
        const {namespace = ''} = pod.metadata;
        if (!wrong) yield pass(pod);
        else {
          yield fail(pod, {
            cause: wrong.cause,
            message: `Pod ${namespace}/${pod.metadata.name} on ${name} ${wrong.says}`,
            evidence: [
              wrong.cause === 'suffix' ? hnsRef(endpoint, 'dnsSuffixes') : ipRef(hnsRef, endpoint),
              ...(wrong.cause === 'server' ? [hnsRef(endpoint, 'dns')] : []),
              ...(servers.proof ? [servers.proof] : []),
            ],
          });
        }
      }
    });
  },
});

/** What is wrong with an endpoint’s DNS; nothing where it is right. */
function wrongIn(
  {dns, dnsSuffixes}: HnsEndpoint,
  {accepted, from}: Servers,
  namespace: string | undefined,
): {cause: 'server' | 'suffix'; says: string} | undefined {
  const [first] = dns;
  const right = new Set(accepted.map(ipKey));
  if (first === undefined || !right.has(ipKey(first))) {
    const asks = first === undefined ? 'has no DNS server' : `asks ${first} first`;
    const later = dns.some(d => right.has(ipKey(d))) ? ', and only then' : ', not';
    return {cause: 'server', says: `${asks}${later} ${list(accepted.slice(0, 3))} (${from})`};
  }
  if (namespace === undefined || dnsSuffixes.some(s => s.startsWith(`${namespace}.svc.`))) return undefined;
  const has = dnsSuffixes.length === 0 ? 'none' : dnsSuffixes.join(', ');
  return {cause: 'suffix', says: `lacks the DNS suffix ${namespace}.svc.… (it has ${has})`};
}

function ownServers(pod: Pod): Servers {
  const accepted = pod.spec.dnsConfig?.nameservers ?? [];
  return {accepted, from: 'its `dnsConfig`', proof: ref(pod, '/spec/dnsConfig/nameservers', accepted)};
}

function clusterServers(
  processes: readonly Indexed<NodeProcess>[],
  at: SeenNode<never>['at'],
  configMaps: Evidence<ConfigMap[]>,
  services: readonly Service[],
): Servers {
  const kubelet = processes.find(p => /^kubelet(?:\.exe)?$/i.test(programOf(p)));
  const flag = kubelet?.flags?.['cluster-dns'];
  if (kubelet && flag) {
    const pointer = `/${kubelet.index}/flags/cluster-dns`;
    return {
      accepted: flag.split(',').map(s => s.trim()),
      from: '`--cluster-dns` of the kubelet',
      proof: at('processes.json', pointer, flag),
    };
  }
  const config = configMaps.ok ? kubeletConfig(configMaps.value) : undefined;
  const serving = dnsServices(services);
  if (config && config.clusterDns.length > 0) {
    // A node may have a configuration of its own: a DNS Service of the cluster is right, too.
    return {
      accepted: [...config.clusterDns, ...serving],
      from: '`clusterDNS` of the kubelets',
      proof: ref(config.holder, '/data/kubelet'),
    };
  }
  return {accepted: serving, from: 'Services with port 53', proof: undefined};
}

/** Addresses of Services that answer DNS, that of the cluster first. */
const dnsServices = once((services: readonly Service[]): string[] => {
  const serving = services.filter(({spec}) => spec.ports?.some(p => p.port === DNS_PORT));
  return [...serving.filter(isClusterDns), ...serving.filter(s => !isClusterDns(s))].flatMap(({spec}) => {
    const ips = spec.clusterIPs ?? (spec.clusterIP === undefined ? [] : [spec.clusterIP]);
    return ips.filter(ip => ip !== 'None' && ip !== '');
  });
});
