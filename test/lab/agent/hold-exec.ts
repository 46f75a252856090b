/** Opens an exec session to an agent and holds it: `node hold-exec.ts KUBECONFIG`. It says a line once it stands. */
import {AgentClient} from '../../../plugin/agent/client/agent-client.ts';
import {findAgents} from '../../../plugin/agent/fleet/pods.ts';
import {agentSession} from '../../../plugin/agent/session.ts';
import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';

const session = agentSession(loadKubeconfig({kubeconfig: process.argv[2] ?? ''}), {allowExec: true});
const {signal} = new AbortController();
const [pod] = (await findAgents(session.reader, signal)).byNode.values();
const exec = session.transports.find(t => t.name === 'exec');
if (!pod || !exec) throw new Error('no agent is installed');
const client = new AgentClient(await exec.open(pod, signal), session.keyOf);
await client.greet(signal);
process.stdout.write('held\n');
