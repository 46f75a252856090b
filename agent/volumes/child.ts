import {createReadStream, writeSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {windowsView} from '../logmonitor/native/windows-view.ts';
import {measure} from './measure.ts';

const STDIN = 0;
const STDOUT = 1;

/**
 * The program as the child that measures volumes: process ids stand as JSON on standard input, and what each container has is a
 * line of standard output, in that order.
 */
export async function volumesChild(): Promise<void> {
  // Our own parent wrote it. `process.stdin` does not open a pipe under Wine.
  const pids = JSON.parse(await text(createReadStream('', {fd: STDIN}))) as number[];
  for (const room of measure(pids, windowsView)) {
    let rest = Buffer.from(`${JSON.stringify(room)}\n`);
    // Synchronously, as the next volume may never answer.
    while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
  }
}
