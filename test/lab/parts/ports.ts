import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {LabError} from './failure.ts';
import {runDir, type LabDir} from './places.ts';

/** Below the ranges from which Linux takes the ports of outgoing connections, so nobody gets one by chance. */
const FIRST_PORT = 21_000;
const SLOTS = 200;

const NAMES = ['etcd', 'etcdPeer', 'apiServer', 'kwok', 'kubelet', 'containerd'] as const;
const SLOT_SIZE = 10;
/** Where the blocks of labs end, those for their pods begin. */
const FIRST_POD_PORT = FIRST_PORT + SLOTS * SLOT_SIZE;
const PODS = 40;

/** The ports of one lab on 127.0.0.1. */
export type Ports = Record<(typeof NAMES)[number], number>;

/** Takes a block of free ports, marked as taken until `releasePorts`, so that labs that start together do not meet. */
export async function claimPorts(lab: LabDir): Promise<{slot: number; ports: Ports}> {
  mkdirSync(join(runDir, '.slots'), {recursive: true});
  for (let slot = 0; slot < SLOTS; slot++) {
    if (!mark(slot, lab.name)) continue;
    const first = FIRST_PORT + slot * SLOT_SIZE;
    const numbers = NAMES.map((_, i) => first + i);
    if ((await Promise.all(numbers.map(isFree))).every(Boolean)) {
      // One number for each name, by construction.
      return {slot, ports: Object.fromEntries(NAMES.map((name, i) => [name, first + i])) as Ports};
    }
    releasePorts(slot);
  }
  throw new LabError(`no free block of ports between ${FIRST_PORT} and ${FIRST_PORT + SLOTS * SLOT_SIZE}`);
}

/** Ports for processes of a lab's pods, each handed out anew only after all others of its block; it throws where none is free. */
export function podPorts(slot: number): () => Promise<number> {
  let given = 0;
  return async () => {
    for (let tries = 0; tries < PODS; tries++) {
      const port = FIRST_POD_PORT + slot * PODS + (given++ % PODS);
      if (await isFree(port)) return port;
    }
    throw new LabError(`all ${PODS} ports for pods of this lab are taken`);
  };
}

/** Gives a block back. */
export function releasePorts(slot: number): void {
  rmSync(slotFile(slot), {force: true});
}

const slotFile = (slot: number) => join(runDir, '.slots', String(slot));

function mark(slot: number, name: string): boolean {
  try {
    writeFileSync(slotFile(slot), name, {flag: 'wx'});
    return true;
  } catch {
    return false;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise(resolve => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
