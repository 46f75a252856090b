/**
 * The collectors of HNS and HCS in a program of their own: without `child` it runs those that are named (with
 * `deadline=<ms>`, the last one given) and writes what they made as lines of JSON; with it, it is their child.
 */
import {createWriteStream} from 'node:fs';
import {CHILDREN} from '../../../agent/child/children.ts';
import {selfCommand} from '../../../agent/child/self.ts';
import {hnsCollectors} from '../../../agent/hcn/collectors.ts';
import {hcsCollector} from '../../../agent/hcs/collector.ts';

async function collect(names: readonly string[]): Promise<void> {
  const out = createWriteStream('', {fd: 1});
  const deadline = names.findLast(name => name.startsWith('deadline='));
  const ports = {
    self: selfCommand(),
    ...(deadline && {deadlineMs: Number(deadline.slice('deadline='.length))}),
  };
  for (const collector of [...hnsCollectors(ports), hcsCollector(ports)]) {
    if (!names.includes(collector.name)) continue;
    for await (const file of collector.collect({signal: new AbortController().signal}))
      out.write(`${JSON.stringify(file)}\n`);
  }
  out.end();
}

async function main([word, ...args]: readonly string[]): Promise<void> {
  if (word !== 'child') return collect([word ?? '', ...args]);
  const load = CHILDREN.get(args[0] ?? '');
  await (
    await load?.()
  )?.();
}

void main(process.argv.slice(2));
