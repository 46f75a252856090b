import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

const WORDS: Readonly<Record<string, string>> = {
  servicing: 'a component was installed or removed',
  update: 'an update was installed',
  'update-installer': 'an update was installed',
  rename: 'files are to be replaced',
  'computer-name': 'the computer was renamed',
  'domain-join': 'it joined a domain',
};
/** Programs leave files to be removed at the next start all the time: that alone is no reason. */
const HARMLESS = 'rename';

export default defineCheck({
  id: 'NOD023',
  name: 'reboot-pending',
  severity: 'warning',
  since: '0.1.0',
  title: 'Windows waits to be restarted',
  evidence: ['N'],
  needs: ['nodes', 'node.system'],
  perNode: true,
  docs: {
    what: 'Why each Windows node wants to be restarted, by the marks that Windows keeps in its registry: servicing, Windows Update, a new name of the computer, a domain. Files to be renamed at the next start count only beside another reason, as programs leave some all the time.',
    why: 'Half of an update is in place: the kernel and the files on disk are of different revisions until then, features that were added are not there, and Windows may choose the time itself.',
    fix: [
      'One node at a time: `kubectl drain NODE --ignore-daemonsets`, restart it, `kubectl uncordon NODE`.',
      'Where the pool is managed, bring it to a newer image instead.',
    ],
    links: ['https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/'],
  },
  *run(input) {
    yield* eachNode(input, ['node.system'], function* ({node, facts, at}) {
      const {rebootPending} = facts['node.system'];
      if (!rebootPending) {
        yield unknown(
          node,
          'node.system',
          missing('failed', 'whether Windows waits to be restarted is not known'),
        );
      } else if (rebootPending.every(reason => reason === HARMLESS)) yield pass(node);
      else {
        const reasons = [...new Set(rebootPending.map(reason => WORDS[reason] ?? reason))];
        yield fail(node, {
          cause: 'restart pending',
          message: `${node.metadata.name} waits to be restarted: ${reasons.join(', ')}`,
          evidence: [at('system.json', '/rebootPending', rebootPending)],
        });
      }
    });
  },
});
