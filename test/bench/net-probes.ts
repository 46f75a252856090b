/**
 * 2,000 probes over 20 nodes with real networks: `net check` through the API server, with the packaged agent in the network of each
 * node, and what the largest agent takes of memory.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {win} from '../helpers/cli.ts';
import {startNetLab, type TestLab} from '../lab/lab.ts';
import {Bounds, isFull} from './parts/measure.ts';

const NODES = isFull ? 20 : 4;
const PROBES = isFull ? 2000 : 100;
/** Links of which so many are tried make the plan large enough. */
const COVERAGE = isFull ? '0.9' : '0.5';
const MB = 1e6;
const PATIENCE_MS = 120_000;

interface Checked {
  items: {id: string; result: {ok: boolean; error?: string} | null; byDesign?: true}[];
  verdict: string;
}

const bounds = new Bounds();
const lab = await startNetLab({nodes: NODES});
try {
  await run(lab, 'agent', 'install', '--yes', '--linux', '--timeout', '120s');
  await everyAgentAnswers(lab);
  const begun = performance.now();
  const text = await run(lab, 'net', 'check', '-o', 'json', '--coverage', COVERAGE);
  const seconds = (performance.now() - begun) / 1000;
  // What `net check` prints.
  const {items, verdict} = JSON.parse(text) as Checked;
  const failed = items.filter(i => !i.result?.ok && !i.byDesign);
  if (items.length < PROBES) throw new Error(`the plan has ${items.length} probes, and is to have ${PROBES}`);
  bounds.countAtMost('probes that failed', failed.length, 0);
  if (failed.length > 0) console.log(`       ${verdict}`);
  bounds.note('probes', items.length);
  bounds.atMost(`${PROBES} probes of ${NODES} nodes`, (seconds * PROBES) / items.length, 20, ' s');
  const agents = (await lab.kubectl(['get', 'pods', '-n', 'kubectl-win', '-o', 'name'])).trim().split('\n');
  const peaks = agents.map(name => peakOf(name.replace('pod/', '')));
  bounds.atMost('peak memory of an agent', Math.max(...peaks) / MB, 100, ' MB');
} finally {
  await lab.stop();
}
bounds.conclude();

/** A pod of a lab is ready before its process listens. */
async function everyAgentAnswers({kubeconfigs}: TestLab): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while ((await win(['agent', 'status'], '', {KUBECONFIG: kubeconfigs.admin})).code !== 0)
    if (performance.now() > deadline) throw new Error('not every agent answers');
}

async function run({kubeconfigs}: TestLab, ...args: string[]): Promise<string> {
  const {code, stdout, stderr} = await win(args, '', {KUBECONFIG: kubeconfigs.admin});
  if (code !== 0 && stdout === '') throw new Error(`${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Bytes of resident memory that the process of an agent's pod had at most. */
function peakOf(pod: string): number {
  // Written by the lab's `startPart`.
  const {pid} = JSON.parse(readFileSync(join(lab.root, `pod-${pod}.pid`), 'utf8')) as {pid: number};
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
