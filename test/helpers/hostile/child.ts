/** Runs every command that reads a capture over captures, in one process, and writes what became of each: `child.ts LIST RESULTS`. */
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {openCapture} from '../../../plugin/capture/open.ts';
import {UserError} from '../../../plugin/errors.ts';
import {runCommand} from '../../../plugin/run.ts';
import {Pages} from '../../../plugin/services/bundle/serve/pages.ts';
import type {Asked, Outcome} from './run.ts';

const [list = '', results = '', out = ''] = process.argv.slice(2);
// Written by `run.ts`.
const captures = JSON.parse(readFileSync(list, 'utf8')) as Asked[];

/** The commands that read a capture, but for `serve`, which goes on until it is stopped. */
const commandsOn = (path: string): string[][] => [
  ['bundle', 'inspect', path, '-o', 'json'],
  ['bundle', 'verify', path],
  ['bundle', 'redact', path, '--output-file', out],
  ['bundle', 'diff', path, path],
  ['doctor', '--from', path, '-o', 'json'],
  ['logs', '--from', path, '-A', '--all-containers'],
  ['hns', 'endpoints', '--from', path],
  ['net', 'plan', '--from', path],
  ['nodes', '--from', path],
];

let said = '';
const sink = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
  said = (said + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1'))).slice(-100_000);
  for (const call of [encoding, done]) if (typeof call === 'function') call();
  return true;
};
process.stderr.write = sink;
process.stdout.write = (_chunk, encoding?: unknown, done?: unknown) => {
  for (const call of [encoding, done]) if (typeof call === 'function') call();
  return true;
};

const outcomes: Outcome[] = [];
for (const {path, few} of captures) {
  for (const argv of few ? commandsOn(path).slice(0, 2) : commandsOn(path)) {
    said = '';
    process.exitCode = undefined;
    const exit = await runCommand(argv);
    outcomes.push({path, command: argv.slice(0, 2).join(' '), exit, said});
    rmSync(out, {force: true});
  }
  if (!few) outcomes.push({path, command: 'bundle serve', ...(await served(path))});
}
process.exitCode = 0;
writeFileSync(results, JSON.stringify({outcomes, peak: process.resourceUsage().maxRSS * 1024}));

/** Asks for every page that `bundle serve` has of a capture's files. */
async function served(path: string): Promise<{exit: number; said: string}> {
  try {
    const files = await openCapture(path);
    const pages = new Pages(files, () => Promise.resolve('report'));
    const at = (address: string): Promise<unknown> => pages.at(new URL(address, 'http://localhost'));
    await at('/files');
    for (const file of files.list().slice(0, 300)) {
      const asked = encodeURIComponent(file.path);
      await at(`/text?path=${asked}`);
      await at(`/download?path=${asked}`);
    }
    return {exit: 0, said: [...files.notes, files.damage ?? ''].join('\n')};
  } catch (error) {
    if (error instanceof UserError) return {exit: 3, said: error.message};
    return {exit: 70, said: error instanceof Error ? (error.stack ?? error.message) : String(error)};
  }
}
