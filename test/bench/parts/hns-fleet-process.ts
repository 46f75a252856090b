/**
 * Simulates a fleet and writes what the tool would read of it, so that neither the time nor the memory of the simulation counts as
 * the tool's: `node hns-fleet-process.ts NODES`. First the objects of the API, then each node: its name, then a path and a text in turn.
 * Everything is a frame (4 bytes of length, big-endian, and the bytes); an empty one ends the objects, and each node.
 */
import {once} from 'node:events';
import {idlePodsOf, outlineOf, programNode} from '../../helpers/winkernel/cluster.ts';
import {agentOf} from '../../helpers/winkernel/snapshot.ts';
import {fleetPlan} from './hns-fleet.ts';

const outline = outlineOf(fleetPlan(Number(process.argv[2])));
const indexes = outline.plan.nodes.map((_, i) => i + 1);
for (const object of outline.objects) await write(JSON.stringify(object));
for (const index of indexes) for (const pod of idlePodsOf(outline, index)) await write(JSON.stringify(pod));
await write('');
for (const index of indexes) {
  const agent = agentOf(programNode(outline, index), outline.plan.cni);
  await write(agent.name);
  for (const [file, text] of agent.texts) {
    await write(file);
    await write(text);
  }
  await write('');
}

async function write(text: string): Promise<void> {
  const body = Buffer.from(text);
  const frame = Buffer.alloc(4 + body.length);
  frame.writeUInt32BE(body.length);
  body.copy(frame, 4);
  if (!process.stdout.write(frame)) await once(process.stdout, 'drain');
}
