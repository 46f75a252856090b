import {DAY, millis} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** A pull keeps layers that no container has yet, for as long as it lasts. */
const PATIENCE = DAY;

export default defineCheck({
  id: 'CRI011',
  name: 'snapshots-orphaned',
  severity: 'warning',
  since: '0.1.0',
  title: 'Scratch layers are left over on the image disk',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.snapshots'],
  perNode: true,
  docs: {
    what: 'Snapshots of containerd that can be written to, as each container has one, which no container uses and which are older than a day.',
    why: 'Each is a virtual disk that takes room on the image disk and is never removed by itself.',
    fix: [
      'List them on the node: `ctr -n k8s.io snapshots --snapshotter windows ls`.',
      'Remove one: `ctr -n k8s.io snapshots --snapshotter windows rm KEY`.',
    ],
    links: ['https://github.com/containerd/containerd/blob/main/docs/snapshotters/README.md'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.snapshots'], function* ({node, facts, at}) {
      const {snapshots, used} = facts['node.cri.snapshots'];
      const orphans = snapshots.filter(
        s =>
          s.kind === 'ACTIVE' &&
          !used.has(s.key) &&
          input.now - (millis(s.createdAt) ?? input.now) > PATIENCE,
      );
      const [first] = orphans;
      if (!first) yield pass(node);
      else {
        yield fail(node, {
          cause: 'orphaned',
          message: `${node.metadata.name} keeps ${count(orphans.length, 'scratch layer')} that no container uses, the first \`${first.key}\``,
          evidence: orphans
            .slice(0, 3)
            .map(o => at('cri/snapshots.json', `/snapshots/${o.index}/key`, o.key)),
        });
      }
    });
  },
});
