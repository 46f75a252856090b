/**
 * Runs every test, step by step, and ends with a line "N passed, N failed". A step that is no test suite (format, types,
 * lint, documentation) counts as one. `--full` runs proofs and benchmarks at full size; `--only NAME` runs one step.
 */
import {join} from 'node:path';
import {runStep, secondsSince, type Step} from './steps/run.ts';
import {add, nothingYet} from './steps/tap.ts';

const root = join(import.meta.dirname, '..');
const full = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

const node = process.execPath;
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const STEPS: readonly Step[] = [
  {name: 'format', command: [bin('oxfmt'), '--check'], counts: 'exit', limit: 5},
  {name: 'types', command: [bin('tsc'), '-b'], counts: 'exit', limit: 10},
  {name: 'lint', command: [bin('oxlint'), '--type-aware', '--deny-warnings'], counts: 'exit', limit: 10},
  {name: 'docs', command: [node, 'scripts/docs.ts', '--check'], counts: 'exit', limit: 5},
  {name: 'manifests', command: [node, 'scripts/manifests.ts', '--check'], counts: 'exit', limit: 5},
  {name: 'packages', command: ['scripts/test-packages'], counts: 'setup', limit: 20},
  {name: 'agent-build', command: [node, 'scripts/build-agent.ts'], counts: 'setup', limit: 20},
  {
    name: 'unit',
    command: [bin('ava'), '--tap'],
    counts: 'tap',
    limit: full ? 180 : 40,
    files: 'test/{*,!(lab|bench)/**/*}.test.ts',
  },
  {name: 'lab-build', command: ['scripts/lab', 'build'], counts: 'setup', limit: 40},
  {
    name: 'lab',
    command: [bin('ava'), '--config', 'test/lab/ava.config.js', '--tap'],
    counts: 'tap',
    // Of a file. The longest takes four minutes; with everything at full size an hour.
    limit: full ? 120 : 12,
    files: 'test/lab/**/*.test.ts',
    apart: true,
  },
  {
    name: 'bench',
    command: [node, 'scripts/bench.ts', ...(full ? ['--full'] : [])],
    counts: 'exit',
    limit: full ? 300 : 25,
  },
];

const env = {...process.env, ...(full && {KUBECTL_WIN_FULL: '1'})};
const totals = nothingYet();
for (const step of STEPS) {
  if (only !== undefined && step.name !== only) continue;
  const started = Date.now();
  console.log(`\n=== ${step.name}`);
  const result = await runStep(step, {root, env, say: console.log});
  const named = (titles: readonly string[]): string[] => titles.map(title => `${step.name}: ${title}`);
  add(totals, {...result, failures: named(result.failures), shaky: named(result.shaky)});
  console.log(`=== ${step.name}: ${secondsSince(started)} s`);
  // Without its set-up a suite would only repeat one failure.
  if (step.counts === 'setup' && result.failed > 0) break;
}

if (totals.failures.length > 0) console.log(`\nFailed:\n${totals.failures.map(f => `  ${f}`).join('\n')}`);
if (totals.shaky.length > 0)
  console.log(`\nFailed once, and passed when run once more:\n${totals.shaky.map(f => `  ${f}`).join('\n')}`);
if (totals.skipped > 0) console.log(`\n${totals.skipped} skipped`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed > 0 || (totals.skipped > 0 && process.env['CI'] === 'true') ? 1 : 0;
