import {COLLECTION_FILE} from '../../node/agent.ts';
import {count} from '../../text/words.ts';
import {eachNode} from '../each-node.ts';
import {defineCheck, fail, pass} from '../define.ts';

/** What a node does not have, or what nobody asked for, is no failure. */
const NO_FAILURE: ReadonlySet<string> = new Set(['unsupported', 'not-requested']);

export default defineCheck({
  id: 'AGT003',
  name: 'agent-partial',
  severity: 'info',
  since: '0.1.0',
  title: 'Agents could not collect everything',
  evidence: ['N'],
  needs: ['nodes', 'node.collection'],
  docs: {
    what: 'Files that the agent of a Windows node could not collect, or only in part, because it was denied, took too long or failed. What a node does not have (a channel of another distribution) is left out.',
    why: 'Checks that need these files are unknown on that node.',
    fix: [
      'Look again, as a busy node answers late: `kubectl win doctor --node NODE`.',
      'See what the agent says: `kubectl -n kubectl-win logs -l kubernetes.io/os=windows --tail 50`.',
      'What is denied needs the agent to run as `NT AUTHORITY\\SYSTEM`, as it is installed.',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/'],
  },
  many: (fails, subjects) => `${fails[0]?.message ?? ''}; the same on ${count(subjects - 1, 'more node')}`,
  *run(input) {
    yield* eachNode(input, ['node.collection'], function* ({node, facts, at}) {
      const gaps = facts['node.collection'].filter(g => !NO_FAILURE.has(g.missing.reason));
      if (gaps.length === 0) yield pass(node);
      for (const [reason, alike] of Map.groupBy(gaps, g => g.missing.reason)) {
        const [first] = alike;
        if (!first) continue;
        const named = alike.slice(0, MAX_NAMED).map(({key}) => `\`${key}\``);
        const others = alike.length - named.length;
        const files = `${named.join(', ')}${others > 0 ? ` and ${count(others, 'other file')}` : ''}`;
        yield fail(node, {
          cause: reason,
          message: `${files} of ${node.metadata.name} could not be collected: ${first.missing.detail}`,
          evidence: alike.map(({key, index}) => at(COLLECTION_FILE, `/${index}`, {key, reason})),
        });
      }
    });
  },
});

/** Files that a message names; evidence has all. */
const MAX_NAMED = 3;
