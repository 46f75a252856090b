import test from 'ava';
import {judge} from '../../src/checks/engine.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {loadManifests} from '../../src/manifests/load.ts';
import type {GuideNumber} from '../helpers/guides.ts';
import {fencedAt, linesBetween, testWithGuides} from '../helpers/guides.ts';
import type {Cut} from './examples.ts';
import {EXAMPLES} from './examples.ts';

const LINT = CHECKS.filter(c => c.evidence.includes('M'));

for (const example of EXAMPLES) {
  testWithGuides(example.title, (t, read) => {
    const files = example.input.map(cut => ({
      name: `${cut.guide}-${cut.line}.yaml`,
      text: textOf(cut, read).join('\n'),
    }));
    const {kubernetesVersion} = example;
    const {snapshot, notes} = loadManifests(files, {
      now: '2026-11-21T00:00:00Z',
      name: 'guides',
      ...(kubernetesVersion !== undefined && {kubernetesVersion}),
    });
    const {fails, gaps, problems} = judge(snapshot, LINT);
    t.deepEqual(problems, []);
    t.deepEqual(fails.map(f => f.check.id).sort(), [...example.finds]);
    t.deepEqual([...new Set(gaps.map(g => g.id))].sort(), [...(example.unknown ?? [])]);
    if (example.notes)
      t.true(
        notes.some(note => example.notes?.test(note)),
        notes.join('; '),
      );
  });
}

testWithGuides('the values of a Secret are in no finding (004:541)', (t, read) => {
  const text = textOf({guide: '004', line: 541}, read).join('\n');
  const secret = /password: (\S+)/.exec(text)?.[1] ?? '';
  t.true(secret.length > 4);
  const {snapshot, notes} = loadManifests([{name: 'smb.yaml', text}], {
    now: '2026-11-21T00:00:00Z',
    name: 'guides',
  });
  t.false(JSON.stringify([snapshot, notes, judge(snapshot, LINT).fails]).includes(secret));
});

test('every example has a title of its own', t => {
  t.is(new Set(EXAMPLES.map(e => e.title)).size, EXAMPLES.length);
});

type Read = (guide: GuideNumber) => string[];

function textOf(cut: Cut, read: Read): string[] {
  const lines = read(cut.guide);
  const text = cut.to === undefined ? fencedAt(lines, cut.line) : linesBetween(lines, cut.line, cut.to);
  const first = cut.to === undefined ? cut.line + 1 : cut.line;
  const mended = text.map((line, i) => ' '.repeat(cut.mend?.[first + i] ?? 0) + line);
  return cut.indentsOf ? withIndents(mended, textOf(cut.indentsOf, read)) : mended;
}

/** Gives every line the indent of its twin; the two texts are the same but for spaces and builds. */
function withIndents(flat: readonly string[], model: readonly string[]): string[] {
  const twins = model.filter(line => line.trim() !== '');
  const lines = flat.filter(line => line.trim() !== '');
  if (lines.length !== twins.length) throw new Error(`${lines.length} lines have ${twins.length} twins`);
  return lines.map((line, i) => {
    const twin = twins[i] ?? '';
    if (plain(line) !== plain(twin)) throw new Error(`"${line}" is not "${twin}"`);
    return twin.slice(0, twin.length - twin.trimStart().length) + line.trimStart();
  });
}

function plain(line: string): string {
  return line
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/10\.0\.\d{5}/g, 'build');
}
