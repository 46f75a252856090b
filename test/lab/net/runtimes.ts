import {mkdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {GONE, serveRuntime, type RuntimeServer} from '../../helpers/runtime-server.ts';
import type {LabDir} from '../parts/places.ts';
import {netPlaces, type NetPlaces} from './places.ts';
import type {PodDns} from './topology.ts';

/** A pod as the runtime of its node knows it. */
export interface Sandbox {
  readonly node: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly ip: string;
  readonly dns: PodDns;
}

/** Serves the runtime of each node at the usual place below its `/run`; what it says stands in the file of sandboxes. */
export async function serveRuntimes(
  nodes: readonly string[],
  places: NetPlaces,
): Promise<readonly RuntimeServer[]> {
  return Promise.all(nodes.map(node => serveNode(node, places)));
}

/** What the runtime of a node says. */
export function sandboxesOf(lab: LabDir, node: string): Sandbox[] {
  return readSandboxes(netPlaces(lab), node);
}

function readSandboxes({sandboxes}: NetPlaces, node: string): Sandbox[] {
  // Written by this lab alone.
  return (JSON.parse(readFileSync(sandboxes, 'utf8')) as Sandbox[]).filter(s => s.node === node);
}

async function serveNode(node: string, places: NetPlaces): Promise<RuntimeServer> {
  const socket = join(places.run(node), 'containerd', 'containerd.sock');
  mkdirSync(dirname(socket), {recursive: true});
  const own = (): Sandbox[] => readSandboxes(places, node);
  return serveRuntime(socket, {
    Version: () => ({version: '0.1.0', runtimeName: 'lab', runtimeVersion: '1', runtimeApiVersion: 'v1'}),
    ListPodSandbox: () => ({
      items: own().map(({namespace, name, uid}) => ({
        id: idOf(namespace, name),
        state: 0,
        metadata: {namespace, name, uid, attempt: 0},
      })),
    }),
    PodSandboxStatus: ({podSandboxId}) => {
      const found = own().find(s => idOf(s.namespace, s.name) === podSandboxId);
      return found ? statusOf(found) : GONE;
    },
  });
}

/** A verbose answer as containerd gives it: what is beyond CRI is JSON under `info`. */
function statusOf({namespace, name, ip, dns}: Sandbox): object {
  const info = {
    config: {dns_config: dns},
    runtimeSpec: {linux: {namespaces: [{type: 'network', path: `/var/run/netns/${name}`}]}},
  };
  return {
    status: {id: idOf(namespace, name), state: 0, network: {ip}},
    info: {info: JSON.stringify(info)},
  };
}

function idOf(namespace: string, name: string): string {
  return `${namespace}_${name}`;
}
