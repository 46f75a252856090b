import {kubeProxies} from '../../kube/kube-proxy.ts';
import type {KubeProxy} from '../../kube/kube-proxy.ts';
import {nodesOf, windowsBuild} from '../../kube/os.ts';
import {poolOf} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import {formatVersion} from '../../kube/version.ts';
import {HOUR, millis} from '../../snapshot/time.ts';
import type {Fail} from '../define.ts';
import {compareText} from '../../text/compare.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

/** While nodes of a pool are this young or cordoned, it is being upgraded or scaled, and differs for a while. */
const ROLLING = HOUR;

/** What nodes of one pool must have in common. */
const TRAITS = ['Windows revision', 'kubelet', 'container runtime', 'kube-proxy'] as const;
type Trait = (typeof TRAITS)[number];

const POINTERS: Record<Trait, string> = {
  'Windows revision': '/status/nodeInfo/kernelVersion',
  kubelet: '/status/nodeInfo/kubeletVersion',
  'container runtime': '/status/nodeInfo/containerRuntimeVersion',
  'kube-proxy': '/status/nodeInfo/kubeProxyVersion',
};

export default defineCheck({
  id: 'NOD015',
  name: 'pool-disagrees',
  severity: 'warning',
  since: '0.1.0',
  title: 'Nodes of one pool are not alike',
  evidence: ['A'],
  needs: ['nodes'],
  wants: ['pods'],
  docs: {
    what: 'Windows nodes that a pool label of their provider or installer puts together (AKS, EKS, GKE, eksctl, Karpenter, kOps, Cluster API): build and revision of Windows, kubelet, container runtime and kube-proxy must be the same. The nodes named are those that differ from the most. While one of the pool is cordoned or younger than an hour it is only suspected: a roll-out looks the same.',
    why: 'A fault shows on some nodes only, and a pod that works here fails there. Often an upgrade of the pool stopped half way.',
    fix: [
      '`kubectl get nodes -o wide`: which nodes differ.',
      'Finish the upgrade of the pool, or replace the odd nodes.',
    ],
    links: ['https://kubernetes.io/docs/tasks/administer-cluster/cluster-upgrade/'],
  },
  *run({nodes, now, wants}) {
    const windows = nodesOf('windows', nodes);
    const proxies = kubeProxies(windows, wants.pods.ok ? wants.pods.value : []);
    const pools = new Map<string, Node[]>();
    for (const node of windows) {
      const pool = poolOf(node);
      if (!pool) {
        yield skip('no label puts the node into a pool');
        continue;
      }
      const key = `${pool.label}=${pool.name}`;
      const members = pools.get(key);
      if (members) members.push(node);
      else pools.set(key, [node]);
    }
    for (const [name, members] of pools) {
      const fails = TRAITS.flatMap(trait => compare({trait, name, members, proxies, now}));
      yield* fails;
      const odd = new Set(fails.map(f => f.subject.name));
      for (const node of members) if (!odd.has(node.metadata.name)) yield pass(node);
    }
  },
});

interface Comparison {
  trait: Trait;
  name: string;
  members: readonly Node[];
  proxies: ReadonlyMap<string, KubeProxy>;
  now: number;
}

function compare({trait, name, members, proxies, now}: Comparison): Fail[] {
  const stated = members.flatMap(node => {
    const value = valueOf(trait, node, proxies.get(node.metadata.name));
    return value === undefined ? [] : [{node, value}];
  });
  // Of as many the value decides, not the order of names.
  const groups = [...Map.groupBy(stated, s => s.value)].sort(
    ([one, a], [other, b]) => b.length - a.length || compareText(other, one),
  );
  const [most, ...odd] = groups;
  if (!most || odd.length === 0) return [];
  const [usual, alike] = most;
  return odd.flatMap(([value, differing]) =>
    differing.map(({node}) =>
      fail(node, {
        cause: trait,
        message: `In pool ${name}, ${node.metadata.name} has ${trait} ${value}, and ${alike.length} of ${stated.length} nodes have ${usual}`,
        evidence: [proofOf(trait, node, proxies.get(node.metadata.name))],
        state: members.some(m => isRolling(m, now)) ? 'suspected' : 'confirmed',
      }),
    ),
  );
}

function isRolling(node: Node, now: number): boolean {
  const born = millis(node.metadata.creationTimestamp);
  return node.spec.unschedulable === true || (born !== undefined && now - born < ROLLING);
}

function valueOf(trait: Trait, node: Node, proxy: KubeProxy | undefined): string | undefined {
  const info = node.status.nodeInfo;
  if (trait === 'Windows revision') return windowsBuild(node) && info?.kernelVersion;
  if (trait === 'kubelet') return info?.kubeletVersion;
  if (trait === 'container runtime') return info?.containerRuntimeVersion;
  // Read off the kubelet it would only say the same again.
  return proxy && !proxy.pointer.endsWith('/kubeletVersion') ? formatVersion(proxy.version) : undefined;
}

function proofOf(trait: Trait, node: Node, proxy: KubeProxy | undefined) {
  if (trait === 'kube-proxy' && proxy) return ref(proxy.object, proxy.pointer, proxy.text);
  return ref(node, POINTERS[trait], valueOf(trait, node, proxy));
}
