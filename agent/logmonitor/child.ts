import {createReadStream, writeSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import type {AskedContainer} from './inspect.ts';
import {inspect} from './inspect.ts';
import {windowsView} from './native/windows-view.ts';

const STDIN = 0;
const STDOUT = 1;

/**
 * The program as the child that looks into containers: which ones stands as JSON on standard input, and each answer is a line
 * of standard output, its index in the question and what was found.
 */
export async function logMonitorChild(): Promise<void> {
  // Our own parent wrote it. `process.stdin` does not open a pipe under Wine.
  const asked = JSON.parse(await text(createReadStream('', {fd: STDIN}))) as AskedContainer[];
  for (const [container, state] of inspect(asked, windowsView)) {
    let rest = Buffer.from(`${JSON.stringify([asked.indexOf(container), state])}\n`);
    // Synchronously, as the next file may never be read.
    while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
  }
}
