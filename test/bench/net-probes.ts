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
const lab = await startNetLab({nodes: NODES, real: false});
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
  const memories = agents.map(name => memoryOf(name.replace('pod/', '')));
  const most = (key: keyof Memory): number => Math.max(...memories.map(memory => memory[key])) / MB;
  bounds.atMost('peak memory of an agent', most('peak'), 100, ' MB');
  bounds.note('of its own now, at most', most('own'), ' MB');
  bounds.note('of its program, which all agents of a machine share', most('program'), ' MB');
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

/** Bytes of resident memory. */
interface Memory {
  /** What the process had at most, of all kinds. */
  readonly peak: number;
  readonly own: number;
  readonly program: number;
}

/** What the process of an agent's pod takes; those that it starts for pods are not in it. */
function memoryOf(pod: string): Memory {
  // Written by the lab's `startPart`.
  const {pid} = JSON.parse(readFileSync(join(lab.root, `pod-${pod}.pid`), 'utf8')) as {pid: number};
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return {peak: bytes('VmHWM'), own: bytes('RssAnon'), program: bytes('RssFile')};
}
