import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {commands} from '../plugin/commands.ts';
import {AREAS} from '../src/checks/define.ts';
import {CHECKS} from '../src/checks/index.ts';
import {isNodeKey} from '../src/node/evidence.ts';
import {EDGES} from '../src/causes/graph.ts';

const root = join(import.meta.dirname, '..');

/** A key that sorts ids as the catalogue has them: by area, then by number. */
function order(id: string): string {
  return String(AREAS.findIndex(a => id.startsWith(a))).padStart(2, '0') + id;
}

test('every id is there once, in the order of the catalogue', t => {
  const ids = CHECKS.map(c => c.id);
  t.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
  );
});

test('every check file is registered, under its own name', t => {
  const files = readdirSync(join(root, 'src/checks'), {recursive: true, encoding: 'utf8'})
    .filter(path => /^[a-z]{3}\/[a-z0-9-]+\.ts$/.test(path))
    .map(path => path.slice(0, -3))
    .filter(path => !path.endsWith('/index'));
  const names = CHECKS.map(c => `${c.area.toLowerCase()}/${c.name}`);
  t.deepEqual(files.sort(), names.sort(), 'what is no check stands in `shared`');
});

test('every check has a test file', t => {
  const missing = CHECKS.filter(
    c => !existsSync(join(root, 'test/checks', c.area.toLowerCase(), `${c.name}.test.ts`)),
  );
  t.deepEqual(
    missing.map(c => c.id),
    [],
  );
});

for (const check of CHECKS) {
  test(`${check.id} is documented`, t => {
    const {what, why, fix, links} = check.docs;
    t.regex(what, /^[A-Z`].{30,}[.)]$/s, 'what: whole sentences');
    t.regex(why, /^[A-Z`].{30,}[.)]$/s, 'why: whole sentences');
    t.true(fix.length > 0 && fix.every(line => line.length > 10), 'fix');
    t.true(links.length > 0 && links.every(link => link.startsWith('https://')), 'links');
    t.false(/[.]$/.test(check.title), 'a title is a headline');
    t.regex(check.name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });
}

test('what a check says that it judges by is what it reads', t => {
  for (const {id, evidence, needs, wants, passNeeds} of CHECKS) {
    // What is only needed to pass is not judged by. How an agent was reached is known to the plugin itself.
    const read = [...needs, ...wants];
    const ofNodes = read.filter(key => isNodeKey(key) && key !== 'node.agent');
    const byAgent = read.includes('node.agent');
    // What LogMonitor in a container is set to is read beside what it prints.
    const besides = evidence.includes('L') ? ofNodes.filter(key => key !== 'node.logmonitor') : ofNodes;
    if (besides.length > 0)
      t.true(evidence.includes('N'), `${id} reads ${besides.join(', ')}, and says no N`);
    if (evidence.includes('N'))
      t.true(ofNodes.length > 0 || byAgent, `${id} says N, and reads nothing of nodes`);
    if (evidence.includes('A'))
      t.true(
        read.some(key => !isNodeKey(key)),
        `${id} says A, and reads nothing of it`,
      );
    if (passNeeds.length > 0) t.true(evidence.includes('N'), `${id} needs nodes to pass, and says no N`);
    for (const key of passNeeds)
      t.true(read.includes(key), `${id} needs ${key} to pass, and does not read it`);
  }
});

test('the cause graph names only checks that the catalogue has', t => {
  const known = new Set(CHECKS.map(c => c.id));
  const named = EDGES.flatMap(e => [e.cause, ...e.effects]);
  t.deepEqual(
    [...new Set(named)].filter(id => !known.has(id)),
    [],
  );
});

test('advice names only commands that exist', t => {
  const sources = readdirSync(join(root, 'src'), {recursive: true, encoding: 'utf8'}).filter(path =>
    path.endsWith('.ts'),
  );
  const named = sources.flatMap(path =>
    [...readFileSync(join(root, 'src', path), 'utf8').matchAll(/`kubectl win ([a-z]+)/g)].map(
      m => m[1] ?? '',
    ),
  );
  t.deepEqual(
    [...new Set(named)].filter(
      name => !Object.keys(commands).some(c => c === name || c.startsWith(`${name}:`)),
    ),
    [],
  );
});
