/**
 * LogMonitor's output from a file to NDJSON, against `JSON.parse` of each line of a file of the same size and against jq;
 * and the bytes of chosen records. Ratios of wall times in one run; the peak of memory.
 */
import {spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {availableParallelism, tmpdir} from 'node:os';
import {join} from 'node:path';
import {JSON_ONLY, logStream} from './parts/log-stream.ts';
import {Bounds, isFull, measure, medians} from './parts/measure.ts';

const root = join(import.meta.dirname, '..', '..');
const SIZE = isFull ? 100_000_000 : 10_000_000;
const MAX_PEAK = 120 * 1024 * 1024;

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--quiet'], {stdio: 'inherit'});
if (built.status !== 0) throw new Error('the build failed');
const folder = mkdtempSync(join(tmpdir(), 'bench-logs-'));
const mixed = join(folder, 'mixed.log');
const json = join(folder, 'json.log');
const parse = join(folder, 'parse.mjs');
fill(mixed, 100);
fill(json, JSON_ONLY);
writeFileSync(
  parse,
  `import {createReadStream} from 'node:fs';
let rest = '';
for await (const chunk of createReadStream(process.argv[2], {highWaterMark: 262144})) {
  const text = rest + chunk.toString('latin1');
  let at = 0;
  for (let lf = text.indexOf('\\n'); lf >= 0; lf = text.indexOf('\\n', at)) {
    JSON.parse(text.slice(at, lf));
    at = lf + 1;
  }
  rest = text.slice(at);
}
`,
);

const main = join(root, 'dist', 'main.js');
const logs = (...args: string[]) => measure(process.execPath, [main, 'logs', '--file-input', mixed, ...args]);
const {plain, ndjson, raw, threads} = await medians({
  plain: () => measure(process.execPath, [parse, json]),
  ndjson: () => logs('-o', 'ndjson'),
  raw: () => logs('-o', 'raw', '--level', 'Error'),
  threads: () => logs('-o', 'ndjson', '--threads', String(Math.min(availableParallelism(), 4))),
});
const bounds = new Bounds();
bounds.note('JSON.parse of each line', plain.ms, ' ms');
bounds.note('-o ndjson', ndjson.ms, ' ms');
bounds.note('-o raw --level Error', raw.ms, ' ms');
bounds.note('-o ndjson with threads', threads.ms, ' ms');
bounds.atMost('-o ndjson against JSON.parse on one thread', ndjson.ms / plain.ms, 1 / 0.6, ' times');
bounds.note('-o ndjson with threads against JSON.parse', threads.ms / plain.ms, ' times');
bounds.atMost(
  '-o ndjson against JSON.parse, threads allowed',
  Math.min(ndjson.ms, threads.ms) / plain.ms,
  1,
  ' times',
);
bounds.atMost('-o raw with a filter against -o ndjson', raw.ms / ndjson.ms, 0.5, ' times');
bounds.atMost('peak of -o ndjson', ndjson.peak / 1024 / 1024, MAX_PEAK / 1024 / 1024, ' MiB');
bounds.note('peak of -o ndjson with threads', threads.peak / 1024 / 1024, ' MiB');
bounds.atMost('peak of -o raw', raw.peak / 1024 / 1024, MAX_PEAK / 1024 / 1024, ' MiB');
const jq = await measure('jq', ['-c', '.', json], false);
bounds.note('jq -c .', jq.ms, ' ms');
bounds.atMost('-o ndjson against jq', ndjson.ms / jq.ms, 1 / 3, ' times');
rmSync(folder, {recursive: true});
bounds.conclude();

function fill(path: string, kinds: number): void {
  const file = openSync(path, 'w');
  for (const block of logStream(SIZE, kinds)) writeSync(file, block, null, 'latin1');
  closeSync(file);
}
