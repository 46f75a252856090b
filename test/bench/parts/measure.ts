import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Whether `--full` was given: the sizes that bounds are written for. */
export const isFull = process.argv.includes('--full');

/** Without `--full` only counts bind. */
const RUNS = isFull ? 5 : 2;

/** One run of a command. */
export interface Run {
  ms: number;
  /** Peak resident memory in bytes; only of Node programs. */
  peak: number;
  exitCode: number | null;
}

/** Runs a command with its output thrown away, and measures it. Asking for the peak makes a short run of Node longer. */
export async function measure(command: string, args: readonly string[], withPeak = true): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const file = join(folder, 'peak');
  const started = performance.now();
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {...process.env, ...(withPeak && {NODE_OPTIONS: `--import ${peakReporter(file)}`})},
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  const ms = performance.now() - started;
  const peak = readPeak(file);
  rmSync(folder, {recursive: true});
  return {ms, peak, exitCode};
}

/** Runs something once to warm up and then to measure, and gives the medians. */
export async function median(run: () => Promise<Run>): Promise<Run> {
  const {it} = await medians({it: run});
  return it;
}

/** The same for several that are compared, in turns: a machine that is slower for a while is so for all of them. */
export async function medians<K extends string>(
  runs: Readonly<Record<K, () => Promise<Run>>>,
): Promise<Record<K, Run>> {
  // Its own keys.
  const names = Object.keys(runs) as K[];
  const measured = new Map<K, Run[]>(names.map(name => [name, []]));
  for (let round = 0; round <= RUNS; round++)
    for (const name of names) {
      const run = await runs[name]();
      if (round > 0) measured.get(name)?.push(run);
    }
  const entries = names.map(name => [name, middleOf(measured.get(name) ?? [])] as const);
  // One for each key.
  return Object.fromEntries(entries) as Record<K, Run>;
}

function middleOf(runs: readonly Run[]): Run {
  return {
    ms: middle(runs.map(r => r.ms)),
    peak: Math.max(...runs.map(r => r.peak)),
    exitCode: runs[0]?.exitCode ?? null,
  };
}

/** The median of some numbers. */
export function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** A module, as a URL, that writes the peak memory of the program it is loaded into. */
function peakReporter(file: string): string {
  const code = `import fs from 'node:fs'; process.on('exit', () => fs.writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS * 1024)));`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

function readPeak(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    // The command is no Node program.
    return 0;
  }
}

/** Bounds and how they were met: one line each, and the exit code of the benchmark. */
export class Bounds {
  #missed = 0;

  /** Prints a count beside the most that it may be: it is the same on every machine. */
  countAtMost(what: string, value: number, bound: number): void {
    this.#print(what, value, {bound, unit: '', binding: true});
  }

  /**
   * Prints a time or a size beside the most that it may be. It binds at full size only: a tenth on a busy machine says
   * that a benchmark works, and little else.
   */
  atMost(what: string, value: number, bound: number, unit = ''): void {
    this.#print(what, value, {bound, unit, binding: isFull});
  }

  /** Prints a value that no bound is set for. */
  note(what: string, value: number, unit = ''): void {
    console.log(`       ${what}: ${round(value)}${unit}`);
  }

  /** Sets the exit code by whether every bound that binds was met. */
  conclude(): void {
    process.exitCode = this.#missed > 0 ? 1 : 0;
  }

  #print(
    what: string,
    value: number,
    {bound, unit, binding}: {bound: number; unit: string; binding: boolean},
  ): void {
    const met = value <= bound;
    if (!met && binding) this.#missed++;
    const mark = met ? 'ok    ' : binding ? 'MISSED' : 'over  ';
    console.log(`${mark} ${what}: ${round(value)}${unit} (at most ${bound}${unit})`);
  }
}

function round(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value);
}
