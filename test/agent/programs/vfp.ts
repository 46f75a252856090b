/** The collector of VFP in a program of its own: writes what it made as lines of JSON. */
import {createWriteStream} from 'node:fs';
import {runProgram} from '../../../agent/host/run-program.ts';
import {vfpCollector} from '../../../agent/vfp/collector.ts';

async function main(): Promise<void> {
  const out = createWriteStream('', {fd: 1});
  for await (const file of vfpCollector({run: runProgram}).collect({signal: new AbortController().signal}))
    out.write(`${JSON.stringify(file)}\n`);
  out.end();
}

void main();
