/**
 * Holds the networks of a lab: `node keeper.ts LAB NODES real|played API-PORT [OWNER]`. They are open files of this process, so that they
 * are gone when it ends, however it ends. It plays the runtimes of the nodes, passes on to the API server what nodes send to
 * the router, and ends pods when asked to. Where the process OWNER ends without taking the lab down, it is taken down from here.
 */
import {spawn} from 'node:child_process';
import {rmSync, symlinkSync, mkdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {identify, isRunning} from '../../../scripts/cache/process-id.ts';
import {LabDir, labDir} from '../parts/places.ts';
import {Networks, podFile} from './networks.ts';
import {netPlaces} from './places.ts';
import {serveRuntimes} from './runtimes.ts';
import {topologyOf, type NetPod} from './topology.ts';

const OWNER_LOOK_MS = 2000;

const [name = '', nodes = '', real = '', apiPort = '', owner] = process.argv.slice(2);
const places = netPlaces(new LabDir(name));
const topology = topologyOf({nodes: Number(nodes), real: real === 'real'});
const networks = new Networks(topology, places);
for (const pod of topology.pods) show(pod);
networks.relay(Number(apiPort), () => connect({host: '127.0.0.1', port: Number(apiPort)}));
const servers = await serveRuntimes(
  topology.nodes.filter(n => !n.isReal).map(n => n.name),
  places,
);

/** `POST /end/POD` and `POST /add/POD`. */
const control = createServer((request, response) => {
  const [, verb, podName] = request.url?.split('/') ?? [];
  const pod = topology.pods.find(p => p.name === podName);
  if (!pod) {
    response.writeHead(404).end();
    return;
  }
  if (verb === 'end') networks.endPod(pod);
  else {
    networks.addPod(pod);
    show(pod);
  }
  response.end();
});
control.listen(places.control, () => writeFileSync(places.ready, ''));

process.once('SIGTERM', () => {
  for (const server of servers) server.stop();
  process.exit(0);
});
if (owner !== undefined) void endWith(Number(owner));

/** Lets the programs of a pod's node see its network, where the runtime says that it is. */
function show({name: pod, node}: NetPod): void {
  const file = podFile(places, node.name, pod);
  mkdirSync(dirname(file), {recursive: true});
  rmSync(file, {force: true});
  symlinkSync(places.namespace(pod), file);
}

async function endWith(pid: number): Promise<void> {
  const id = identify(pid);
  while (isRunning(id)) await sleep(OWNER_LOOK_MS);
  spawn(process.execPath, [join(labDir, 'main.ts'), 'down', '--name', name], {
    detached: true,
    stdio: 'ignore',
  }).unref();
}
