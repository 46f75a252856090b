/**
 * Runs every test, step by step, and ends with a line "N passed, N failed". A step that is no test suite (format, types,
 * lint, documentation) counts as one. `--full` runs proofs and benchmarks at full size; `--only NAME` runs one step.
 */
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..');
const full = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

interface Step {
  name: string;
  command: readonly string[];
  /** `tap`: counts the suite's own tests. `exit`: the command is one test. `setup`: must work, is no test. */
  counts: 'tap' | 'exit' | 'setup';
}

const node = process.execPath;
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const STEPS: readonly Step[] = [
  {name: 'format', command: [bin('oxfmt'), '--check'], counts: 'exit'},
  {name: 'types', command: [bin('tsc'), '-b'], counts: 'exit'},
  {name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'], counts: 'exit'},
  {name: 'docs', command: [node, 'scripts/docs.ts', '--check'], counts: 'exit'},
  {name: 'manifests', command: [node, 'scripts/manifests.ts', '--check'], counts: 'exit'},
  {name: 'packages', command: ['scripts/test-packages'], counts: 'setup'},
  {name: 'agent-build', command: [node, 'scripts/build-agent.ts'], counts: 'setup'},
  {name: 'unit', command: [bin('ava'), '--tap'], counts: 'tap'},
  {name: 'lab-build', command: ['scripts/lab', 'build'], counts: 'setup'},
  {name: 'lab', command: [bin('ava'), '--config', 'test/lab/ava.config.js', '--tap'], counts: 'tap'},
  {name: 'bench', command: [node, 'scripts/bench.ts', ...(full ? ['--full'] : [])], counts: 'exit'},
];

const totals = {passed: 0, failed: 0, skipped: 0};
const failures: string[] = [];
for (const step of STEPS) {
  if (only !== undefined && step.name !== only) continue;
  const started = Date.now();
  console.log(`\n=== ${step.name}`);
  const result = await run(step);
  totals.passed += result.passed;
  totals.failed += result.failed;
  totals.skipped += result.skipped;
  failures.push(...result.failures.map(failure => `${step.name}: ${failure}`));
  console.log(`=== ${step.name}: ${Math.round((Date.now() - started) / 1000)} s`);
  // Without its set-up a suite would only repeat one failure.
  if (step.counts === 'setup' && result.failed > 0) break;
}

if (failures.length > 0) console.log(`\nFailed:\n${failures.map(f => `  ${f}`).join('\n')}`);
if (totals.skipped > 0) console.log(`\n${totals.skipped} skipped`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || (totals.skipped > 0 && process.env['CI'] === 'true') ? 1 : 0;

interface Result {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
}

/** Runs a step with its output shown; every failing test is named again at the end. */
async function run({command, counts, name}: Step): Promise<Result> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {...process.env, ...(full && {KUBECTL_WIN_FULL: '1'})},
  });
  const result: Result = {passed: 0, failed: 0, skipped: 0, failures: []};
  for await (const line of createInterface({input: child.stdout})) {
    if (counts !== 'tap') console.log(line);
    else readTap(line, result);
  }
  const code = await new Promise<number>(resolve => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.on('exit', exit => resolve(exit ?? 1));
  });
  if (counts === 'exit' && code === 0) result.passed++;
  if (code !== 0 && result.failed === 0) {
    result.failed++;
    result.failures.push(`${name} ended with code ${code}`);
  }
  return result;
}

function readTap(line: string, result: Result): void {
  const match = /^(ok|not ok) \d+ - (.*?)( # (?:SKIP|TODO).*)?$/.exec(line);
  if (!match) {
    if (!/^(TAP version|1\.\.|# |ok|$)/.test(line)) console.log(line);
    return;
  }
  const [, status, title = '', directive] = match;
  if (directive !== undefined) result.skipped++;
  else if (status === 'ok') result.passed++;
  else {
    result.failed++;
    result.failures.push(title);
    console.log(line);
  }
}
