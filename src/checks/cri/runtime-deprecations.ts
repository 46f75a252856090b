import {runtimeCondition} from '../../node/cri.ts';
import {isRecord} from '../../kube/shape.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** https://github.com/containerd/containerd/blob/main/internal/cri/server/status.go */
const CONDITION = 'ContainerdHasNoDeprecationWarnings';

export default defineCheck({
  id: 'CRI013',
  name: 'runtime-deprecations',
  severity: 'info',
  since: '0.1.0',
  title: 'containerd warns of settings that the next version refuses',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.status'],
  perNode: true,
  docs: {
    what: 'The condition ContainerdHasNoDeprecationWarnings in the status of containerd (1.7.12 and later), which lists settings and image formats in use that a later version drops.',
    why: 'After an upgrade of containerd the node may not start pods, or not pull these images, any more.',
    fix: [
      'Read them on the node: `ctr deprecations list`.',
      'Change `config.toml` as the warning says before containerd is upgraded.',
    ],
    links: ['https://github.com/containerd/containerd/blob/main/RELEASES.md#deprecated-features'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.status'], function* ({node, facts, at}) {
      const condition = runtimeCondition(facts['node.cri.status'], CONDITION);
      if (!condition) {
        yield unknown(
          node,
          'node.cri.status',
          missing('unsupported', 'containerd before 1.7.12 does not tell'),
        );
      } else if (condition.status) yield pass(node);
      else {
        for (const [id, text] of warningsOf(condition.message ?? '')) {
          yield fail(node, {
            cause: id,
            message: `containerd on ${node.metadata.name} warns: ${text}`,
            evidence: [at('cri/status.json', `${condition.pointer}/message`, condition.message)],
          });
        }
      }
    });
  },
});

/** Ids and texts; the message is JSON of them. */
function warningsOf(message: string): [string, string][] {
  try {
    const value: unknown = JSON.parse(message);
    if (isRecord(value)) return Object.entries(value).map(([id, text]) => [id, String(text)]);
  } catch {
    // Some build says it in words.
  }
  return [['unnamed', message]];
}
