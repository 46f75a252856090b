import {join} from 'node:path';
import test from 'ava';
import {build} from 'esbuild';
import {SPECS} from '../../../plugin/completion/specs.ts';
import {HELPED} from '../../../plugin/help-facts.ts';
import {asData, DATA_MODULES} from '../../../scripts/programs/as-data.ts';
import {CATALOGUE} from '../../../src/checks/catalogue.ts';
import {CHECKS} from '../../../src/checks/index.ts';

const root = join(import.meta.dirname, '../../..');
const MODULES = {SPECS, HELPED, CATALOGUE};

test('in a build the modules that are data hold what they export, and nothing of what they are made from', async t => {
  const {outputFiles, metafile} = await build({
    absWorkingDir: root,
    stdin: {contents: DATA_MODULES.map(file => `export * from './${file}';`).join('\n'), resolveDir: root},
    bundle: true,
    format: 'esm',
    write: false,
    metafile: true,
    plugins: [asData()],
  });
  const script = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  // Named as the modules name them.
  const built = (await import(`data:text/javascript;base64,${script}`)) as Record<string, unknown>;
  t.deepEqual({...built}, JSON.parse(JSON.stringify(MODULES)));
  t.deepEqual(Object.keys(metafile.inputs).toSorted(), ['<stdin>', ...DATA_MODULES]);
});

test('what they export is data: nothing is lost in JSON', t => {
  const isPlain = (value: unknown): boolean =>
    typeof value === 'object' && value !== null
      ? [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)) &&
        Object.values(value).every(isPlain)
      : ['string', 'boolean', 'undefined'].includes(typeof value) || Number.isFinite(value);
  for (const [name, value] of Object.entries(MODULES)) t.true(isPlain(value), name);
});

test('the catalogue tells of every check, in order', t => {
  t.deepEqual(
    CATALOGUE.map(check => check.id),
    CHECKS.map(check => check.id),
  );
});
