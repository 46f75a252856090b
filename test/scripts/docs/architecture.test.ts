import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {architecture, groupImports, groupOf, GROUPS} from '../../../scripts/docs/architecture.ts';

const root = join(import.meta.dirname, '../../..');

test('every folder of the program has a place in the drawing, and every folder in the drawing is there', t => {
  const folders = globSync('{src,plugin}/*/**/*.ts', {cwd: root}).map(f =>
    f.split('/').slice(0, 2).join('/'),
  );
  for (const folder of new Set(folders)) t.notThrows(() => groupOf(`${folder}/x.ts`), folder);
  for (const folder of Object.values(GROUPS).flatMap(g => g.folders))
    t.true(folder === 'agent' || folders.includes(folder), folder);
});

test('the drawing that is shown is the one of the imports that there are', t => {
  t.is(readFileSync(join(root, 'architecture.svg'), 'utf8'), architecture());
});

test('nothing imports commands but their own services, agent and plugin do not meet, and src knows neither', t => {
  const pairs = [...groupImports().keys()].map(pair => pair.split(' '));
  for (const [from, to] of pairs) {
    if (side(from) !== side(to)) t.is(side(to), 'src', `${from} ${to}`);
    if (to === 'commands') t.is(from, 'services');
  }
});

function side(name = ''): string {
  return GROUPS[name]?.folders[0]?.split('/')[0] ?? '';
}
