/**
 * Calls functions of Windows in this very process and writes JSON: `text` what a process's UNICODE_STRING and a command line
 * become, `memory <rounds>` the resident memory after a third of the rounds and after all of them.
 */
import {writeSync} from 'node:fs';
import {processText, splitCommandLine} from '../../../agent/win32/api/processes.ts';
import {answerTo} from '../../../agent/win32/answers.ts';
import type {Questions} from '../../../agent/win32/questions.ts';
import {thisWindows} from '../../../agent/win32/windows.ts';

/** PROCESSINFOCLASS ProcessImageFileName: answers in the form of ProcessCommandLineInformation, which Wine lacks. */
const IMAGE_FILE_NAME = 27;

const QUESTIONS: readonly (keyof Questions)[] = [
  'system',
  'volumes',
  'services',
  'processes',
  'adapters',
  'routes',
  'sockets',
  'registry',
];

function resident(rounds: number): number {
  for (let round = 0; round < rounds; round++) for (const what of QUESTIONS) answerTo(what, thisWindows);
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

function answer([word, text = '']: readonly string[]): unknown {
  if (word === 'text')
    return {image: processText(process.pid, IMAGE_FILE_NAME), words: splitCommandLine(text)};
  const rounds = Number(text);
  const first = resident(rounds / 3);
  return {first, last: resident(rounds - rounds / 3)};
}

writeSync(1, JSON.stringify(answer(process.argv.slice(2))));
