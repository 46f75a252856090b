import type {HnsNamespace} from '../../hns/model.ts';
import {count} from '../../text/words.ts';
import type {Fail, Part} from '../define.ts';
import {defineCheck, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {failOfParts} from '../parts.ts';
import {hnsRefs} from './shared/hns-ref.ts';

/** State of a namespace that HNS wants to remove and cannot (https://github.com/microsoft/Windows-Containers/issues/485). */
const STUCK = 4;

export default defineCheck({
  id: 'HNS012',
  name: 'namespace-stuck',
  severity: 'warning',
  since: '0.1.0',
  title: 'HNS cannot remove namespaces of pods that are gone',
  evidence: ['N'],
  needs: ['nodes', 'node.hns.namespaces', 'node.cri.sandboxes', 'node.cri.containers'],
  perNode: true,
  docs: {
    what: 'The network namespaces of HNS against the containers of `containerd`: it fails where one without endpoints lists only containers that no longer exist, or is in the state of removal (4). A namespace on its way out looks alike for a moment, so one that lists no dead container is only suspected.',
    why: 'Removing the pod’s sandbox fails again and again (0x803b0015), the pod stays in Terminating, and its compartment and addresses stay in use.',
    fix: [
      'See which pods wait: `kubectl get pods -A --field-selector spec.nodeName=NODE` and `crictl pods --state NotReady` on the node.',
      'Install the latest update of Windows: HNS has been mended here more than once.',
      'Drain the node and restart it: a restart of HNS does not clear them, and breaks the network of the pods that are well.',
    ],
    links: [
      'https://github.com/microsoft/Windows-Containers/issues/485',
      'https://github.com/microsoft/hcsshim/issues/2155',
    ],
  },
  retell: stuckOnes,
  *run(input) {
    const keys = ['node.hns.namespaces', 'node.cri.sandboxes', 'node.cri.containers'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at, gap}) {
      // Of a part of what HNS has nothing follows from what is not there.
      if (gap) {
        yield pass(node);
        return;
      }
      const alive = [...facts['node.cri.sandboxes'], ...facts['node.cri.containers']].map(c => c.id);
      const ref = hnsRefs(at, 'namespaces');
      const dead = (namespace: HnsNamespace): boolean =>
        // Some builds of HNS cut ids to their first twelve digits.
        namespace.containers.length > 0 &&
        namespace.containers.every(id => !alive.some(a => a.startsWith(id.toLowerCase())));
      const empty = facts['node.hns.namespaces'].filter(n => !n.isDefault && n.endpoints.length === 0);
      const withDead = empty.filter(dead);
      const leaving = empty.filter(n => n.state === STUCK && n.containers.length === 0);
      const stuck = withDead.length > 0 ? withDead : leaving;
      if (stuck.length === 0) {
        yield pass(node);
        return;
      }
      yield failOfParts(node, stuckOnes, {
        cause: withDead.length > 0 ? 'dead containers' : 'being removed',
        parts: stuck.map(n => ({
          key: n.id,
          as: wordsOf(n),
          evidence: [
            n.containers.length === 0 || n.state === STUCK
              ? ref(n, 'state', {value: n.state})
              : ref(n, 'containers'),
          ],
        })),
        state: withDead.some(n => n.state === STUCK) ? 'confirmed' : 'suspected',
      });
    });
  },
});

function stuckOnes({node = ''}: Pick<Fail, 'node'>, parts: readonly Part[]): string {
  return `${node} has ${count(parts.length, 'namespace')} that HNS cannot remove, as ${parts[0]?.as ?? ''}`;
}

function wordsOf({id, containers: [names], state}: HnsNamespace): string {
  const whose =
    names === undefined ? '' : `, which names container ${names.slice(0, 12)} that does not exist`;
  return `${id}${whose}${state === undefined ? '' : ` (state ${state})`}`;
}
