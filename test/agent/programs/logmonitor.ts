/**
 * The collector of LogMonitor in a program of its own. Standard input holds containers, each with the command line of a process
 * that is started for it; what the collector made comes as lines of JSON. With `child` it is its child process.
 */
import {spawn} from 'node:child_process';
import {createReadStream, createWriteStream} from 'node:fs';
import {text} from 'node:stream/consumers';
import {setTimeout as sleep} from 'node:timers/promises';
import {CHILDREN} from '../../../agent/child/children.ts';
import {selfCommand} from '../../../agent/child/self.ts';
import {logMonitorCollector} from '../../../agent/logmonitor/collector.ts';

interface Given {
  name: string;
  logMonitor: boolean;
  command?: [string, ...string[]];
  pid?: number;
}

/** A process has its name and its command line soon after it was started. */
const STARTED_MS = 500;

async function collect(): Promise<void> {
  const given = JSON.parse(await text(createReadStream('', {fd: 0}))) as Given[];
  const processes = given.map(
    ({command: [file, ...args] = ['']}) => file && spawn(file, args, {stdio: 'ignore'}),
  );
  await sleep(STARTED_MS);
  const containers = given.map(({name, logMonitor, pid}, i) => {
    const process = processes[i];
    return {
      id: name,
      namespace: 'shop',
      pod: 'web-0',
      podUid: 'u',
      name,
      image: undefined,
      running: true,
      pid: pid ?? (process ? process.pid : undefined),
      logMonitor,
    };
  });
  const out = createWriteStream('', {fd: 1});
  const collector = logMonitorCollector({self: selfCommand(), containers: async () => containers});
  for await (const file of collector.collect({signal: new AbortController().signal}))
    out.write(`${JSON.stringify(file)}\n`);
  for (const process of processes) if (process) process.kill();
  out.end();
}

const [word, name = ''] = process.argv.slice(2);
void (word === 'child' ? CHILDREN.get(name)?.().then(work => work()) : collect());
