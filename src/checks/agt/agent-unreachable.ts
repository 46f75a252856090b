import {CONTACT_FILE} from '../../node/agent.ts';
import type {SeenNode} from '../each-node.ts';
import {eachNode} from '../each-node.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {missing} from '../../snapshot/evidence.ts';

export default defineCheck({
  id: 'AGT001',
  name: 'agent-unreachable',
  severity: 'warning',
  since: '0.1.0',
  title: 'Agents of nodes cannot be reached',
  evidence: ['A'],
  needs: ['nodes', 'node.agent'],
  docs: {
    what: 'How the agent of each node was reached. It fails where every transport failed: port-forward, and exec where it is allowed. Each failure is told with its reason.',
    why: 'Nothing of the node itself could be seen: HNS, containerd, services, event logs. What is wrong there stays unknown.',
    fix: [
      'See the agent’s pod: `kubectl -n kubectl-win get pods -o wide --field-selector spec.nodeName=NODE`.',
      'See what it says: `kubectl -n kubectl-win logs POD`.',
      'Where containerd is older than 1.7.16, port-forward cannot reach a HostProcess pod: allow exec by `--allow-exec`.',
    ],
    links: [
      'https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.agent'], judge);
    // Where Linux nodes have agents, too.
    const withAgents = input.nodes.filter(n => input['node.agent'].has(n.metadata.name));
    yield* eachNode({...input, nodes: withAgents}, ['node.agent'], judge, 'linux');
  },
});

function* judge({node, facts, at}: SeenNode<'node.agent'>): Generator<Outcome> {
  const {reached, failures} = facts['node.agent'];
  const {name} = node.metadata;
  const [first] = failures;
  if (reached) yield pass(node);
  else if (!first)
    yield unknown(node, 'node.agent', missing('not-requested', `no transport to ${name} was tried`));
  else {
    const told = failures.map(f => `${f.transport}: ${f.detail}`).join('; ');
    yield fail(node, {
      cause: `${first.transport} ${first.reason}`,
      message: `The agent of ${name} does not answer: ${told}`,
      evidence: [at(CONTACT_FILE, '/failures', failures)],
    });
  }
}
