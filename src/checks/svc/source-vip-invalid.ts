import type {HnsEndpoint, HnsNetwork} from '../../hns/model.ts';
import {hnsPlace} from '../../hns/place.ts';
import {ipKey, netHolds, parseIp, parseNet} from '../../kube/ip.ts';
import type {Pod} from '../../kube/types.ts';
import type {Outcome, Ref} from '../define.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';
import {SERVICE_WANTS} from './shared/node-state.ts';
import {SERVICE_NEEDS, eachServiceNode} from './shared/service-node.ts';
import type {ServiceNode} from './shared/service-node.ts';
import {once} from '../../once/once.ts';

export default defineCheck({
  id: 'SVC009',
  name: 'source-vip-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'The source address of kube-proxy’s load balancers cannot work',
  evidence: ['A', 'N'],
  needs: SERVICE_NEEDS,
  wants: [...SERVICE_WANTS, 'pods'],
  perNode: true,
  docs: {
    what: 'On overlay networks: the address that kube-proxy gives its load balancers as their source (`--source-vip`, else as the load balancers have it) must lie in a subnet of the network, and be neither its gateway, nor that of a pod, nor that of an endpoint elsewhere. Networks of other kinds have none.',
    why: 'HNS refuses such load balancers (0x803b001e, 0x803b002f), or answers come back to somebody else: Services of other nodes’ pods fail from this node.',
    fix: [
      'Find where the address comes from: the start script of kube-proxy reserves it by `host-local` and keeps it in `C:\\sourceVip.json`, or `--source-vip` of its DaemonSet or service.',
      'Delete `sourceVip.json`, so that the script reserves a new one in the subnet that the node has now.',
      'Restart kube-proxy on the node. It first deletes every load balancer there: all Services, DNS among them, fail from its pods until it has made them anew.',
    ],
    links: [
      'https://github.com/kubernetes-sigs/sig-windows-tools/issues/71',
      'https://github.com/kubernetes-sigs/sig-windows-tools/issues/250',
      'https://github.com/kubernetes/kubernetes/issues/100962',
    ],
  },
  *run(input) {
    const pods = input.wants.pods.ok ? podsByIp(input.wants.pods.value) : undefined;
    yield* eachServiceNode(input, function* (seen) {
      const {network} = seen;
      if (network?.type !== 'overlay') {
        yield skip('only overlay networks have a source address');
        return;
      }
      const source = sourceOf(seen);
      if (source) yield judge(seen, {source, network, pods});
      else yield skip('neither kube-proxy nor a load balancer names a source address');
    });
  },
});

interface Source {
  ip: string;
  refs: Ref[];
}

/** As kube-proxy was told; else as its load balancers have it, apart from those that take the node's own address. */
function sourceOf({config, facts, node, at}: ServiceNode): Source | undefined {
  const told = config.sourceVip;
  if (told?.place) {
    const {place, value} = told;
    const where = 'object' in place ? ref(place.object, place.pointer) : at(place.file, place.pointer, value);
    return {ip: value, refs: [where]};
  }
  const own = new Set((node.status.addresses ?? []).map(a => ipKey(a.address)));
  const balancer = facts['node.hns.loadbalancers'].find(
    ({sourceVip}) => sourceVip !== undefined && !own.has(ipKey(sourceVip)),
  );
  if (balancer?.sourceVip === undefined) return undefined;
  const {file, pointer} = hnsPlace('loadbalancers', balancer, 'sourceVip');
  return {ip: balancer.sourceVip, refs: [at(file, pointer, balancer.sourceVip)]};
}

interface Question {
  source: Source;
  network: HnsNetwork;
  pods: ReadonlyMap<string, Pod> | undefined;
}

function judge(seen: ServiceNode, {source, network, pods}: Question): Outcome {
  const {node, at} = seen;
  const key = ipKey(source.ip);
  const says = `The source address ${source.ip} of kube-proxy on ${node.metadata.name}`;
  const prefixes = network.subnets.map(s => s.prefix);
  const address = parseIp(source.ip);
  const nets = prefixes.flatMap(p => parseNet(p) ?? []);
  const subnets = hnsPlace('networks', network, 'subnets');
  const inNetwork = at(subnets.file, subnets.pointer);
  if (!address) {
    return fail(node, {
      cause: 'no address',
      message: `${says} is no address`,
      evidence: source.refs,
    });
  }
  if (nets.length > 0 && !nets.some(net => netHolds(net, address))) {
    return fail(node, {
      cause: 'outside the subnet',
      message: `${says} is outside the subnet of the network ${network.name} (${prefixes.join(', ')})`,
      evidence: [...source.refs, inNetwork],
    });
  }
  if (network.subnets.some(s => s.gateway !== undefined && ipKey(s.gateway) === key)) {
    return fail(node, {
      cause: 'gateway',
      message: `${says} is the gateway of the network ${network.name}`,
      evidence: [...source.refs, inNetwork],
    });
  }
  const pod = pods?.get(key);
  if (pod) {
    return fail(node, {
      cause: 'taken',
      message: `${says} is that of pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`,
      evidence: [...source.refs, ref(pod, '/status/podIP', pod.status.podIP)],
    });
  }
  const {'node.hns.endpoints': endpoints} = seen.facts;
  const taken = endpoints.find(e => isTaken(e, network, key));
  if (!taken) return pass(node);
  const place = hnsPlace('endpoints', taken, 'ips');
  return fail(node, {
    cause: 'taken',
    message: `${says} is that of ${taken.remote ? 'a remote endpoint' : `the endpoint ${taken.name} of a pod`}`,
    evidence: [...source.refs, at(place.file, place.pointer)],
  });
}

/** kube-proxy makes an endpoint of its own for the address, in no container and on the node. */
function isTaken(
  {ips, remote, sharedContainers, network}: HnsEndpoint,
  {id}: HnsNetwork,
  key: string,
): boolean {
  if (network !== id || !ips.some(ip => ipKey(ip) === key)) return false;
  return remote || (sharedContainers?.length ?? 0) > 0;
}

/** Pods by address; those that ended have given theirs back. */
const podsByIp = once((pods: readonly Pod[]): ReadonlyMap<string, Pod> => {
  const live = pods.filter(({status}) => status.podIP && status.phase === 'Running');
  return new Map(live.map(pod => [ipKey(pod.status.podIP ?? ''), pod]));
});
