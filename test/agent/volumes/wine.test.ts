import {copyFileSync, statfsSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {VolumeFacts} from '../../../src/protocol/node-facts.ts';
import {tempDir} from '../../helpers/archives.ts';
import {logMonitorProgram} from '../../helpers/stub.ts';
import {insidePath, outputOf, packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';

/** A program that stays, on a volume of its own: drive `letter` of the prefix. Answers the volume's path on this machine. */
async function volume(t: ExecutionContext, prefix: WinePrefix, letter: string): Promise<string> {
  const path = tempDir(t);
  copyFileSync(await logMonitorProgram(), join(path, 'app.exe'));
  symlinkSync(path, join(prefix.path, 'dosdevices', `${letter}:`));
  return path;
}

async function collect(prefix: WinePrefix, given: readonly unknown[]): Promise<VolumeFacts[]> {
  const exe = await packagedExe('test/agent/programs/volumes.ts');
  const stdout = outputOf(await runExe(prefix, [], {exe, stdin: JSON.stringify(given)}));
  const {file, body} = JSON.parse(stdout) as {file: string; body: string};
  if (file !== 'cri/volumes.json') throw new Error(file);
  return JSON.parse(body) as VolumeFacts[];
}

test('a container has the room of the volume that its process was started from', async t => {
  const prefix = await winePrefix(t);
  const path = await volume(t, prefix, 'k');
  const before = statfsSync(path);
  const [facts] = await collect(prefix, [['k:\\app.exe']]);
  t.like(facts, {id: 'c0', namespace: 'shop', pod: 'web-0', container: 'c0', error: null});
  t.is(facts?.size, before.blocks * before.bsize);
  // Others write to the same disk meanwhile.
  t.true(Math.abs((facts?.free ?? 0) - before.bfree * before.bsize) < 1024 ** 3);
});

test('the volume of the node, a process that ended, one volume of two: each says why it has no size', async t => {
  const prefix = await winePrefix(t);
  await volume(t, prefix, 'k');
  copyFileSync(await logMonitorProgram(), insidePath(prefix, 'C:\\app.exe'));
  const facts = await collect(prefix, [['c:\\app.exe'], 0xfff0, ['k:\\app.exe'], ['k:\\app.exe']]);
  const shared =
    'another container has the same process or volume: process ids of virtual machines are not those of the node';
  t.deepEqual(
    facts.map(({size, error}) => [size, error]),
    [
      [null, "its process runs from the node's own volume, not from one of the container's"],
      [null, 'its process has no program that this node can see: it ended, or runs in a virtual machine'],
      [null, shared],
      [null, shared],
    ],
  );
});
