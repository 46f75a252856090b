/**
 * Agents by the hundred for measuring: `node crowd.ts LAB INDEX COUNT FAULTS`. One process serves the pods of every COUNTth
 * node, each agent on a port of its own with the real server and the real key; only its collectors are made up. With FAULTS
 * `yes`, of a hundred nodes two hang, one dies in mid-answer and one refuses.
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {Api} from '../parts/api.ts';
import {factsOf} from '../parts/lab.ts';
import {LabDir} from '../parts/places.ts';
import {tokenOf} from '../parts/users.ts';
import {CrowdPods} from './crowd-pods.ts';
import {watch} from './watch.ts';

const [name = 'default', index = '0', count = '1', faults = 'no'] = process.argv.slice(2);
const lab = new LabDir(name);
const facts = factsOf(lab);
if (!facts) throw new Error(`there is no lab "${name}"`);
const certificate = lab.path('pki', 'apiserver.crt');
const token = tokenOf(lab, 'admin');
const api = new Api(facts.server, certificate, token);
const pods = new CrowdPods(api, {index: Number(index), count: Number(count), faults: faults === 'yes'});
process.once('SIGTERM', () => process.exit(0));

for (;;) {
  try {
    const path = `/api/v1/namespaces/${AGENT_NAMESPACE}/pods`;
    for await (const {type, object} of watch({server: facts.server, certificate, token, path})) {
      if (type === 'ADDED' || type === 'MODIFIED') await pods.seen(object);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await sleep(1000);
  }
}
