import {Api} from './api.ts';
import {LabError, wordsOf} from './failure.ts';
import {factsOf, type LabFacts} from './lab.ts';
import {LabDir} from './places.ts';
import {partsOf} from './process.ts';
import {saysReady} from './ready.ts';
import {tokenOf, USERS} from './users.ts';

/** A few lines on one lab: where it listens, what runs, which nodes are ready. */
export async function statusOf(name: string): Promise<string> {
  const lab = new LabDir(name);
  const facts = factsOf(lab);
  if (!facts) throw new LabError(`there is no lab "${name}"`);
  const parts = partsOf(lab);
  const lines = [
    `${name}  scene ${facts.scene}  ${facts.server}`,
    ...USERS.map(user => `  kubeconfig (${user})  ${lab.kubeconfig(user)}`),
    `  ports  ${Object.entries(facts.ports)
      .map(([what, port]) => `${what} ${port}`)
      .join(', ')}`,
    ...parts.map(
      ({part, id, running}) => `  ${part}  ${running ? `pid ${id.pid}` : `ended (log: ${lab.log(part)})`}`,
    ),
    `  nodes  ${await nodesOf(lab, facts)}`,
  ];
  return `${lines.join('\n')}\n`;
}

async function nodesOf(lab: LabDir, facts: LabFacts): Promise<string> {
  const api = new Api(facts.server, lab.path('pki', 'apiserver.crt'), tokenOf(lab, 'admin'));
  try {
    // The list that is asked for.
    const {items} = (await api.send('GET', '/api/v1/nodes')) as {items: Record<string, unknown>[]};
    const ready = items.filter(saysReady);
    return `${ready.length} of ${items.length} ready`;
  } catch (error) {
    return `unknown: ${wordsOf(error)}`;
  } finally {
    api.close();
  }
}
