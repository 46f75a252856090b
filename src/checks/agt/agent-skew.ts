import {CONTACT_FILE} from '../../node/agent.ts';
import {PROTOCOL_VERSION} from '../../protocol/answers.ts';
import {missing} from '../../snapshot/evidence.ts';
import {eachNode} from '../each-node.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';

export default defineCheck({
  id: 'AGT002',
  name: 'agent-skew',
  severity: 'warning',
  since: '0.1.0',
  title: 'Agents are of another version than the plugin',
  evidence: ['A'],
  needs: ['nodes', 'node.agent'],
  docs: {
    what: 'The version that the agent of each Windows node says it has, against that of the plugin that asked it.',
    why: 'An older agent lacks collectors, and what it does not send counts as not seen; agents of several versions make nodes look different that are alike.',
    fix: [
      'Bring all agents to the version of the plugin by its command `agent upgrade`.',
      'See which image each has: `kubectl -n kubectl-win get pods -o wide`.',
    ],
    links: ['https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/'],
  },
  *run(input) {
    yield* eachNode(input, ['node.agent'], function* ({node, facts, at}) {
      const {reached, version, client, protocol} = facts['node.agent'];
      if (!reached || version === undefined || client === undefined) {
        yield unknown(node, 'node.agent', missing('failed', 'the agent did not tell its version'));
      } else if (version === client) yield pass(node);
      else {
        const spoken =
          protocol === undefined || protocol === String(PROTOCOL_VERSION) ? '' : `, protocol ${protocol}`;
        yield fail(node, {
          cause: 'version',
          message: `The agent of ${node.metadata.name} is ${version}${spoken}, the plugin ${client}`,
          evidence: [at(CONTACT_FILE, '/version', version)],
        });
      }
    });
  },
});
