import type {CollectedFile, Collector, MissingFile} from '../collect/collector.ts';
import {CollectError} from '../collect/collector.ts';
import type {RunProgram} from '../host/run-program.ts';
import {SYSTEM32, systemEnvironment} from '../win32/system-programs.ts';
import {readPorts, samplePorts} from './ports.ts';

const VFPCTRL = `${SYSTEM32}\\vfpctrl.exe`;
/** For one question; a healthy switch answers in well under a second. */
const CALL_MS = 5000;
/** All questions: the ports, and two for each of four. */
const ALL_MS = 25_000;
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Questions about a port, by what their file is called. */
const QUESTIONS = [
  {what: 'layers', option: '/list-layer'},
  {what: 'rules', option: '/list-rule'},
] as const;

/** Lists the ports of the virtual switch, and layers and rules of a few. */
export function vfpCollector({run}: {run: RunProgram}): Collector {
  return {
    name: 'vfp',
    timeoutMs: ALL_MS,
    maxBytes: MAX_FILE_BYTES,
    async *collect({signal}) {
      const ask = (...args: string[]) => vfpctrl(run, [...args, '/format', '1'], signal);
      const ports = await ask('/list-vmswitch-port');
      yield {file: 'vfp/ports.json', source: 'vfpctrl /list-vmswitch-port', body: ports};
      for (const {name} of samplePorts(readPorts(ports))) {
        for (const {what, option} of QUESTIONS) {
          const file = `vfp/${name.replaceAll(/[{}]/g, '').toLowerCase()}-${what}.json`;
          yield await fileOf(file, `vfpctrl /port ${name} ${option}`, () => ask('/port', name, option));
        }
      }
    },
  };
}

/** One answer, or why there is none: a port that went away costs only its own files. */
async function fileOf(
  file: string,
  source: string,
  answer: () => Promise<string>,
): Promise<CollectedFile | MissingFile> {
  try {
    return {file, source, body: await answer()};
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    return {file, source, missing: {reason: error.reason, detail: error.message}};
  }
}

/** Runs vfpctrl and answers its JSON as it printed it. Throws CollectError. */
async function vfpctrl(run: RunProgram, args: readonly string[], signal: AbortSignal): Promise<string> {
  const env = systemEnvironment();
  const {stdout, exitCode} = await run({
    file: VFPCTRL,
    args,
    env,
    signal,
    deadlineMs: CALL_MS,
    maxBytes: MAX_FILE_BYTES,
  });
  const text = stdout.toString().trim();
  const command = `vfpctrl ${args.join(' ')}`;
  if (exitCode !== 0)
    throw new CollectError('failed', `${command} ended with ${exitCode}: ${firstLine(text)}`);
  if (!isJson(text)) throw new CollectError('unsupported', `${command} printed no JSON: ${firstLine(text)}`);
  return text;
}

const MAX_LINE = 200;

function firstLine(text: string): string {
  return (text.split(/\r?\n/)[0] ?? '').slice(0, MAX_LINE) || 'no output';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
