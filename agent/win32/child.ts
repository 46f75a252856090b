import {createReadStream, writeSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {CollectError} from '../collect/collector.ts';
import {answerTo, isQuestion} from './answers.ts';
import type {Reply} from './helper.ts';
import {thisWindows} from './windows.ts';

const STDIN = 0;
const STDOUT = 1;

/**
 * The program as a helper that asks Windows: each line of standard input is the name of a question as JSON, each line of
 * standard output the reply to it. It ends with its input, and so with its parent.
 */
export async function windowsChild(): Promise<void> {
  // `process.stdin` does not open a pipe under Wine.
  const lines = createInterface({input: createReadStream('', {fd: STDIN})});
  for await (const line of lines) {
    let rest = Buffer.from(`${JSON.stringify(replyTo(line))}\n`);
    // Synchronously, as the next question may never be answered.
    while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
  }
}

function replyTo(line: string): Reply {
  const what: unknown = JSON.parse(line);
  if (typeof what !== 'string' || !isQuestion(what))
    return {ok: false, reason: 'unsupported', detail: `there is no question ${line}`};
  try {
    return {ok: true, ...answerTo(what, thisWindows)};
  } catch (error) {
    if (error instanceof CollectError) return {ok: false, reason: error.reason, detail: error.message};
    // A function that this Windows lacks, or a fault of our own: it costs this answer, not those to come.
    return {ok: false, reason: 'failed', detail: String(error)};
  }
}
