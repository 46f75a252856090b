/**
 * Fifty pods of a thousand lines a second followed: how much later a line is shown than it was sent, how much processor time
 * that takes against stern, and whether every line came. All read from one server of the same kind, one after the other; what a
 * client adds is what it takes beyond one that only passes bytes on.
 */
import {spawn, spawnSync} from 'node:child_process';
import type {ChildProcess} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {buildForTest} from '../lab/parts/build.ts';
import {Bounds, isFull} from './parts/measure.ts';

const PODS = 50;
const SECONDS = isFull ? 60 : 6;
const LINES = PODS * SECONDS * 1000;
/** A client that falls behind is waited for so long beyond the time of the lines. */
const PATIENCE_MS = 120_000;
const MAX_P99_MS = 50;
const MAX_AGAINST_STERN = 2;
/** Ticks of processor time a second, as Linux counts them for programs. */
const TICKS = 100;

interface Followed {
  lines: number;
  p50: number;
  p99: number;
  cpuMs: number;
}

const root = join(import.meta.dirname, '..', '..');
const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts'), '--quiet'], {stdio: 'inherit'});
if (built.status !== 0) throw new Error('the build failed');
const stern = join(await buildForTest('stern', line => console.error(line)), 'stern');
const main = join(root, 'dist', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-follow-'));
const choice = ['-n', 'default', '-l', 'app=chatty', '--max-log-requests', String(PODS)];
const bare = await follow(({port}) => [
  process.execPath,
  [join(import.meta.dirname, 'parts', 'bare-follow.ts'), port, String(PODS)],
]);
const own = await follow(({config}) => [
  process.execPath,
  [main, 'logs', '-f', ...choice, '--kubeconfig', config, '--color', 'never'],
]);
const other = await follow(({config}) => [stern, [...choice, '--kubeconfig', config, '--color', 'never']]);
rmSync(folder, {recursive: true});

const bounds = new Bounds();
bounds.countAtMost('lines that did not come', LINES - own.lines, 0);
bounds.note('lines that did not come by stern', LINES - other.lines);
bounds.note('a line is shown later by, median', own.p50, ' ms');
bounds.note('a line is shown later by, 99 of 100', own.p99, ' ms');
bounds.note('the same by who only passes bytes on', bare.p99, ' ms');
bounds.atMost('latency added to that, 99 of 100', own.p99 - bare.p99, MAX_P99_MS, ' ms');
bounds.note('the same by stern', other.p99, ' ms');
bounds.note('processor time', own.cpuMs, ' ms');
bounds.note('processor time of stern', other.cpuMs, ' ms');
bounds.atMost('processor time against stern', own.cpuMs / other.cpuMs, MAX_AGAINST_STERN, ' times');
bounds.conclude();

/** Follows all pods with one program until every line was shown, or none comes any more. */
async function follow(
  command: (server: {config: string; port: string}) => [string, string[]],
): Promise<Followed> {
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, 'parts', 'log-api.ts'), String(PODS), String(SECONDS)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const config = join(folder, 'config');
  const port = await firstLine(server);
  writeFileSync(config, kubeconfig(port));
  const [program, args] = command({config, port});
  const client = spawn(program, args, {stdio: ['ignore', 'pipe', 'inherit']});
  const late: number[] = [];
  let lines = 0;
  const all = new Promise<void>(resolve => {
    let rest = '';
    client.stdout.on('data', (chunk: Buffer) => {
      const now = Date.now();
      for (const byte of chunk) if (byte === 0x0a) lines++;
      const text = rest + chunk.toString('latin1');
      for (const [, sent] of text.matchAll(/ sent=(\d+);/g)) late.push(now - Number(sent));
      rest = text.slice(text.lastIndexOf(';') + 1);
      if (lines >= LINES) resolve();
    });
    client.on('exit', () => resolve());
    setTimeout(resolve, SECONDS * 1000 + PATIENCE_MS).unref();
  });
  await all;
  const cpuMs = cpuOf(client);
  for (const child of [client, server]) await ended(child);
  late.sort((a, b) => a - b);
  const at = (share: number): number => late[Math.floor(late.length * share)] ?? NaN;
  return {lines, p50: at(0.5), p99: at(0.99), cpuMs};
}

/** Processor time that a program has taken so far, by `/proc`. */
function cpuOf({pid}: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise(resolve => child.on('exit', resolve));
  child.kill();
  await exit;
}

async function firstLine({stdout}: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('no output');
  for await (const line of createInterface({input: stdout})) return line;
  throw new Error('the server did not start');
}

function kubeconfig(port: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: 'bench', cluster: {server: `http://127.0.0.1:${port}`}}],
    users: [{name: 'bench', user: {}}],
    contexts: [{name: 'bench', context: {cluster: 'bench', user: 'bench', namespace: 'default'}}],
    'current-context': 'bench',
  });
}
