/**
 * Plays the kubelet for the pods of the agent's namespace: `node main.ts LAB [wine] [net] [compartments]`. Processes are parts of the lab, so that
 * `scripts/lab down` ends them whatever becomes of this one.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {Api} from '../parts/api.ts';
import {factsOf} from '../parts/lab.ts';
import {LabDir} from '../parts/places.ts';
import {tokenOf} from '../parts/users.ts';
import {AgentPods} from './agent-pods.ts';
import {watch} from './watch.ts';

/** How often Secrets are written anew; a kubelet takes up to a minute and a half. */
const SYNC_MS = 1000;

const lab = new LabDir(process.argv[2] ?? 'default');
const facts = factsOf(lab);
if (!facts) throw new Error(`there is no lab "${lab.name}"`);
const certificate = lab.path('pki', 'apiserver.crt');
const token = tokenOf(lab, 'admin');
const api = new Api(facts.server, certificate, token);
const pods = new AgentPods(lab, api, facts, {
  wine: process.argv.includes('wine'),
  net: process.argv.includes('net'),
  compartments: process.argv.includes('compartments'),
});
process.once('SIGTERM', () => process.exit(0));

void keepInSync();
for (;;) {
  try {
    const path = `/api/v1/namespaces/${AGENT_NAMESPACE}/pods`;
    for await (const {type, object} of watch({server: facts.server, certificate, token, path})) {
      if (type === 'DELETED') await pods.gone(object);
      else if (type === 'ADDED' || type === 'MODIFIED') await pods.seen(object);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await sleep(SYNC_MS);
  }
}

async function keepInSync(): Promise<void> {
  for (;;) {
    await sleep(SYNC_MS);
    await pods.sync();
  }
}
