import {nodesOf} from '../../kube/os.ts';
import {poolOf} from '../../kube/provider.ts';
import type {Node} from '../../kube/types.ts';
import type {PerNode} from '../../node/evidence.ts';
import type {PauseState} from '../../node/pause.ts';
import {valueOn} from '../../node/on-node.ts';
import {collected, missing} from '../../snapshot/evidence.ts';
import {compareText} from '../../text/compare.ts';
import type {Fail} from '../define.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode, fileRefs} from '../each-node.ts';
import {PAUSE_FILE} from './shared/pause.ts';

const PLACES: Readonly<Record<string, string>> = {
  config: 'config.toml names',
  handler: 'a runtime handler names',
  sandbox: 'sandboxes run',
};

export default defineCheck({
  id: 'IMG007',
  name: 'pause-image-disagrees',
  severity: 'warning',
  since: '0.1.0',
  title: 'Places that name the pause image disagree',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.pause'],
  docs: {
    what: 'The pause image that containerd is set to use, `SandboxImage` in the options of runtime handlers, and what the sandboxes of the node really run: they must be one. So must the nodes of one pool.',
    why: 'After the next restart, or on the next node, pods run on another pause image than those of today: one that may be of the wrong build, lack wincat.exe, or not be there.',
    fix: [
      'Make `config.toml` of containerd say one image in all places, and restart containerd.',
      'Sandboxes keep their image: delete their pods one by one to bring them to the new one.',
    ],
    links: ['https://github.com/containerd/containerd/blob/main/docs/cri/config.md'],
  },
  *run(input) {
    const odd = new Map(
      oddInPool(nodesOf('windows', input.nodes), input['node.cri.pause']).map(f => [f.node, f]),
    );
    yield* eachNode(input, ['node.cri.pause'], function* ({node, facts, at}) {
      const {configured, disagreements} = facts['node.cri.pause'];
      if (!configured) {
        yield unknown(
          node,
          'node.cri.pause',
          missing('failed', 'which pause image containerd uses is not known'),
        );
        return;
      }
      for (const [i, {where, subject, image}] of disagreements.entries()) {
        yield fail(node, {
          cause: where,
          message: `containerd on ${node.metadata.name} is set to \`${configured.image}\`, and ${PLACES[where] ?? 'another place names'} \`${image}\`${where === 'handler' ? ` (${subject})` : ''}`,
          evidence: [at(PAUSE_FILE, `/disagreements/${i}/image`, image)],
        });
      }
      const found = odd.get(node.metadata.name);
      if (found) yield found;
      else if (disagreements.length === 0) yield pass(node);
    });
  },
});

/** Nodes whose image is not that of most nodes of their pool. */
function oddInPool(nodes: readonly Node[], pauses: PerNode<PauseState>): Fail[] {
  const pools = Map.groupBy(nodes, node => {
    const pool = poolOf(node);
    return pool ? `${pool.label}=${pool.name}` : '';
  });
  pools.delete('');
  return [...pools].flatMap(([pool, members]) => {
    const stated = members.flatMap(node => {
      const image = valueOn(collected(pauses), node.metadata.name)?.configured?.image;
      return image === undefined ? [] : [{node, image}];
    });
    const [most, ...others] = [...Map.groupBy(stated, s => s.image)].sort(
      // Of as many the image decides, not the order of names.
      ([one, a], [other, b]) => b.length - a.length || compareText(one, other),
    );
    if (!most) return [];
    return others.flatMap(([image, differing]) =>
      differing.map(({node}) =>
        fail(node, {
          cause: 'pool',
          message: `In pool ${pool}, ${node.metadata.name} has the pause image \`${image}\`, and ${most[1].length} of ${stated.length} nodes have \`${most[0]}\``,
          evidence: [fileRefs(node)(PAUSE_FILE, '/configured/image', image)],
        }),
      ),
    );
  });
}
