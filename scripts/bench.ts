/**
 * Runs every benchmark of `test/bench`, one after the other. `--full` takes the full size, which is what figures are quoted
 * from; without it a smoke size shows that they work and that nothing is wildly off. One that fails is run once more, and that is
 * said. `--only NAME` runs one.
 */
import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';

const folder = join(import.meta.dirname, '..', 'test', 'bench');
const full = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

const benchmarks = readdirSync(folder)
  .filter(name => name.endsWith('.ts'))
  .map(name => name.slice(0, -3))
  .filter(name => only === undefined || name === only)
  .sort();
if (benchmarks.length === 0) throw new Error(`there is no benchmark ${only ?? ''} in test/bench`);

for (const name of benchmarks) {
  console.log(`\n--- ${name}`);
  let code = await run(name);
  if (code !== 0) {
    console.log(`${name} failed with code ${code}; it is run once more`);
    code = await run(name);
  }
  if (code !== 0) {
    console.log(`${name} failed with code ${code}`);
    process.exitCode = 1;
  }
}

async function run(name: string): Promise<number> {
  const args = [join(folder, `${name}.ts`), ...(full ? ['--full'] : [])];
  const child = spawn(process.execPath, args, {stdio: ['ignore', 'inherit', 'inherit']});
  return new Promise<number>(resolve => child.on('close', status => resolve(status ?? 1)));
}
