/**
 * The collector of containers' volumes in a program of its own. Standard input holds a command line for each container, of a process
 * that is started for it, or a process id; what the collector made comes as JSON. With `child` it is its child process.
 */
import {spawn} from 'node:child_process';
import {createReadStream, createWriteStream} from 'node:fs';
import {text} from 'node:stream/consumers';
import {setTimeout as sleep} from 'node:timers/promises';
import {CHILDREN} from '../../../agent/child/children.ts';
import {selfCommand} from '../../../agent/child/self.ts';
import {volumesCollector} from '../../../agent/volumes/collector.ts';

type Given = [string, ...string[]] | number;

/** A process has its program soon after it was started. */
const STARTED_MS = 500;

async function collect(): Promise<void> {
  const given = JSON.parse(await text(createReadStream('', {fd: 0}))) as Given[];
  const processes = given.map(each => {
    if (typeof each === 'number') return {pid: each, kill: () => {}};
    const [file, ...args] = each;
    return spawn(file, args, {stdio: 'ignore'});
  });
  await sleep(STARTED_MS);
  const containers = processes.map(({pid}, i) => ({
    id: `c${i}`,
    namespace: 'shop',
    pod: 'web-0',
    podUid: 'u',
    name: `c${i}`,
    image: undefined,
    running: true,
    pid,
    logMonitor: false,
  }));
  const out = createWriteStream('', {fd: 1});
  const collector = volumesCollector({self: selfCommand(), containers: async () => containers});
  for await (const file of collector.collect({signal: new AbortController().signal}))
    out.write(JSON.stringify(file));
  for (const process of processes) process.kill();
  out.end();
}

const [word, name = ''] = process.argv.slice(2);
void (word === 'child' ? CHILDREN.get(name)?.().then(work => work()) : collect());
