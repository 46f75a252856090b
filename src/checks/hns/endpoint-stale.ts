import type {HnsEndpoint, HnsNetwork} from '../../hns/model.ts';
import {joinHns} from '../../hns/joins.ts';
import {MINUTE, duration, millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import {missing} from '../../snapshot/evidence.ts';
import type {Fail, Part} from '../define.ts';
import {defineCheck, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {failOfParts} from '../parts.ts';
import {hnsRefs, ipRef} from './shared/hns-ref.ts';
import {podEndpoints} from './shared/pod-endpoints.ts';

/** A sandbox that is being made or removed has an endpoint and is in no list for a while. */
const SETTLED = 5 * MINUTE;

/** Networks that CNI plug-ins seldom use, and other programs of the node do. */
const OF_OTHERS: ReadonlySet<string> = new Set(['nat', 'ics', 'internal', 'private']);

const NO_LINK =
  'nothing of the sandboxes that run tells which endpoint is theirs, so that none can be called left over';

export default defineCheck({
  id: 'HNS007',
  name: 'endpoint-stale',
  severity: 'warning',
  since: '0.1.0',
  title: 'Endpoints of pods that are gone are left in HNS',
  evidence: ['N'],
  needs: [
    'nodes',
    'node.hns.networks',
    'node.hns.endpoints',
    'node.hns.namespaces',
    'node.cri.sandboxes',
    'node.cri.containers',
    'node.cni',
  ],
  perNode: true,
  docs: {
    what: 'Endpoints of pods in HNS on each Windows node whose sandbox `containerd` does not know, by network namespace, container or name, and which are older than five minutes. The host’s own endpoints, and those in NAT networks that the CNI does not use, are left out.',
    why: 'Their addresses stay in use: the node runs out of addresses, and a new pod that gets one of them is not reachable.',
    fix: [
      'See them: `kubectl win hns endpoints --node NODE`.',
      'Delete them one by one on the node; nobody uses them: `Get-HnsEndpoint | Where-Object Id -eq ID | Remove-HnsEndpoint`.',
      'Upgrade the CNI plug-in: leaks on deletion have been mended in Antrea, Azure CNI and the plug-ins of AWS.',
    ],
    links: [
      'https://github.com/antrea-io/antrea/issues/2301',
      'https://github.com/aws/amazon-vpc-cni-plugins/issues/47',
      'https://github.com/Azure/azure-container-networking/issues/1272',
    ],
  },
  retell: staleOnes,
  *run(input) {
    const {now} = input;
    const keys = [
      'node.hns.networks',
      'node.hns.endpoints',
      'node.hns.namespaces',
      'node.cri.sandboxes',
      'node.cri.containers',
      'node.cni',
    ] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      const {name} = node.metadata;
      const endpoints = facts['node.hns.endpoints'];
      const namespaces = facts['node.hns.namespaces'];
      const joins = joinHns(
        {endpoints, namespaces, loadBalancers: []},
        {
          nodeName: name,
          sandboxes: facts['node.cri.sandboxes'],
          containers: facts['node.cri.containers'],
        },
      );
      const used = new Set(facts['node.cni'].configs.map(c => c.name?.toLowerCase()));
      const foreign = foreignNetworks(facts['node.hns.networks'], used);
      const stale = podEndpoints(endpoints, namespaces).filter(
        e => !foreign.has(e.network) && !joins.endpoints.get(e.id)?.sandbox && isOld(e, now),
      );
      const [first] = stale;
      const isJoined = [...joins.endpoints.values()].some(j => j.sandbox);
      if (first && !isJoined && facts['node.cri.sandboxes'].some(s => s.ready && !s.hostProcess)) {
        yield unknown(node, 'node.cri.sandboxes', missing('unsupported', NO_LINK));
        return;
      }
      // Of a part of the sandboxes nobody knows which others there are.
      if (!first || gap) {
        yield pass(node);
        return;
      }
      const ref = hnsRefs(at, 'endpoints');
      const known = stale.every(e => e.createdAt !== undefined);
      yield failOfParts(node, staleOnes, {
        cause: 'no sandbox',
        parts: stale.map(e => ({
          key: e.id,
          as: wordsOf(e, now),
          evidence: [e.ips.length > 0 ? ipRef(ref, e) : ref(e)],
        })),
        // Without an age it may be a pod’s that is being made.
        state: known ? 'confirmed' : 'suspected',
      });
    });
  },
});

function staleOnes({node = ''}: Pick<Fail, 'node'>, parts: readonly Part[]): string {
  return `HNS on ${node} has ${count(parts.length, 'endpoint')} of pods that containerd does not know, as ${parts[0]?.as ?? ''}`;
}

function wordsOf({name, id, ips, createdAt}: HnsEndpoint, now: number): string {
  const made = millis(createdAt);
  const age = made === undefined ? '' : `, ${duration(now - made)} old`;
  return `\`${name || id}\` with ${ips.join(' and ')}${age}`;
}

function isOld({createdAt}: HnsEndpoint, now: number): boolean {
  const made = millis(createdAt);
  return made === undefined || now - made >= SETTLED;
}

function foreignNetworks(
  networks: readonly HnsNetwork[],
  used: ReadonlySet<string | undefined>,
): ReadonlySet<string> {
  const foreign = networks.filter(n => OF_OTHERS.has(n.type) && !used.has(n.name.toLowerCase()));
  return new Set(foreign.map(n => n.id));
}
