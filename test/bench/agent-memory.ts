/**
 * What an agent costs its node: resident memory over many snapshots of 1 MB, and the processor while nobody asks. The real
 * server, bundled as it ships, in a process of its own.
 */
import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {build} from 'esbuild';
import {AgentClient} from '../helpers/agent/client.ts';
import {Bounds, isFull} from './parts/measure.ts';

const SNAPSHOTS = isFull ? 1000 : 100;
/** Memory is compared between the snapshots after this one and the last ones. */
const WARM = SNAPSHOTS / 10;
const IDLE_MS = isFull ? 30_000 : 5000;
/** V8 tidies up for some seconds after the last snapshot; that is no idle agent yet. */
const SETTLE_MS = isFull ? 15_000 : 0;
const MB = 1e6;
/** Clock ticks a second of /proc/PID/stat on every Linux that Node.js runs on (sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

const bounds = new Bounds();
const key = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'bench-agent-'));
const script = join(folder, 'agent.mjs');
await build({
  entryPoints: [join(import.meta.dirname, '..', 'helpers', 'agent', 'synthetic-agent.ts')],
  outfile: script,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.20',
  // Dependencies in CommonJS ask for Node's own modules by `require`.
  banner: {js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"},
});
const options = JSON.stringify({mode: 'serve', key: key.toString('base64')});
const agent = spawn(process.execPath, [script, options], {stdio: ['ignore', 'ignore', 'pipe']});
try {
  const client = await AgentClient.to(await portOf(), key);
  const resident: number[] = [];
  let bytes = 0;
  for (let i = 0; i < SNAPSHOTS; i++) {
    const {whole, text} = await client.snapshot(['system']);
    if (!whole) throw new Error(`snapshot ${i} is cut`);
    bytes += text.length;
    resident.push(residentBytes());
  }
  const early = Math.min(...resident.slice(WARM, 2 * WARM));
  const late = Math.min(...resident.slice(-WARM));
  bounds.note('snapshots', SNAPSHOTS);
  bounds.note('bytes a snapshot', bytes / SNAPSHOTS / MB, ' MB');
  bounds.atMost('resident memory, peak', Math.max(...resident) / MB, 100, ' MB');
  bounds.note(`least resident after snapshot ${WARM}`, early / MB, ' MB');
  bounds.atMost(`growth from snapshot ${WARM} to ${SNAPSHOTS}`, (late - early) / MB, 3, ' MB');
  await sleep(SETTLE_MS);
  const before = processorMs();
  await sleep(IDLE_MS);
  bounds.atMost('processor of an idle agent', ((processorMs() - before) / IDLE_MS) * 100, 0.2, ' %');
} finally {
  agent.kill('SIGKILL');
  rmSync(folder, {recursive: true});
}
bounds.conclude();

async function portOf(): Promise<number> {
  for await (const line of createInterface(agent.stderr)) {
    const port = /"event":"started","port":(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      agent.stderr.resume();
      return Number(port);
    }
  }
  throw new Error('the agent did not start');
}

function residentBytes(): number {
  const status = readFileSync(`/proc/${agent.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** Milliseconds that the agent has used the processor. */
function processorMs(): number {
  const fields = readFileSync(`/proc/${agent.pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  // utime and stime are fields 14 and 15 of proc_pid_stat(5); the state, field 3, is the first here.
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}
