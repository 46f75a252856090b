import test from 'ava';
import {ignoring, matchesSubject, parseIgnoreFile} from '../../../src/report/ignore.ts';
import type {IgnoreEntry} from '../../../src/report/ignore.ts';
import {healthy} from '../../helpers/cluster.ts';
import {nodeCheck, reportOf} from '../../helpers/judged.ts';

const NOON = Date.parse('2026-09-01T12:00:00Z');

const entriesOf = (text: string): IgnoreEntry[] => {
  const file = parseIgnoreFile(text);
  if (!file.ok) throw new Error(JSON.stringify(file.errors));
  return file.entries;
};

test('entries are read with their lines', t => {
  const text = `# accepted\n- id: SCH010\n  subject: Deployment/shop/*\n  until: 2026-12-31\n  owner: team-shop\n  reason: limits come next quarter\n- {id: ADV001, reason: being patched}\n`;
  t.deepEqual(entriesOf(text), [
    {
      line: 2,
      id: 'SCH010',
      subject: 'Deployment/shop/*',
      until: '2026-12-31',
      owner: 'team-shop',
      reason: 'limits come next quarter',
    },
    {line: 7, id: 'ADV001', reason: 'being patched'},
  ]);
  t.deepEqual(entriesOf(''), []);
  t.deepEqual(entriesOf('[]'), []);
});

const ERRORS: Record<string, [string, number, RegExp]> = {
  'no list': ['id: SCH010', 1, /a list of entries/],
  'no entry': ['- SCH010', 1, /an entry is a map/],
  'no reason': ['- id: SCH010\n- id: SCH011\n  reason: x', 1, /`reason` is missing/],
  'no id': ['\n- reason: x', 2, /`id` is missing/],
  'a misspelt field': ['- id: SCH010\n  reason: x\n  subjects: a/b', 3, /`subjects` is no field/],
  'no id of a check': ['- id: SCH10\n  reason: x', 1, /`SCH10` is no id/],
  'no date': ['- id: SCH010\n  reason: x\n  until: soon', 3, /`soon` is no date/],
  'no subject': ['- id: SCH010\n  reason: x\n  subject: web', 3, /`web` is no subject/],
  'no text': ['- id: SCH010\n  reason: [x]', 2, /`reason` must be text/],
  'no YAML': ['- id: SCH010\n  reason: "x', 2, /quote/i],
  'a key twice': ['- id: SCH010\n  id: SCH011\n  reason: x', 2, /unique/i],
};

for (const [name, [text, line, says]] of Object.entries(ERRORS)) {
  test(`${name} is told with its line`, t => {
    const file = parseIgnoreFile(text);
    const [first] = file.ok ? [] : file.errors;
    t.is(first?.line, line);
    t.regex(first?.message ?? '', says);
  });
}

test('a glob of two parts leaves the namespace open, one of three does not', t => {
  const pod = {kind: 'Pod', namespace: 'shop', name: 'web-0'};
  t.true(matchesSubject('Pod/web-*', pod));
  t.true(matchesSubject('pod/shop/*', pod));
  t.true(matchesSubject('*/shop/*', pod));
  t.false(matchesSubject('Pod/shop-2/*', pod));
  t.false(matchesSubject('Node/web-*', pod));
  t.true(matchesSubject('Node/win-?', {kind: 'Node', name: 'win-1'}));
});

test('subjects that are ignored go, the others are counted anew', t => {
  const ignored = ignoring(entriesOf('- {id: NOD001, subject: Node/win-1, reason: x}'), NOON);
  const report = reportOf(healthy(), [nodeCheck('NOD001')], [ignored.sieve]);
  t.deepEqual(report.findings[0]?.subjects, [{kind: 'Node', name: 'win-2'}]);
  t.is(report.findings[0]?.message, 'node win-2 is not right');
  t.deepEqual(ignored.notes(), ['ignored: 1 fault by 1 entry, 0 findings wholly']);
});

test('a finding whose every subject is ignored goes, and the summary with it', t => {
  const ignored = ignoring(entriesOf('- {id: NOD001, reason: x}'), NOON);
  const report = reportOf(healthy(), [nodeCheck('NOD001')], [ignored.sieve]);
  t.deepEqual(report.findings, []);
  t.deepEqual(report.summary.findings, {error: 0, warning: 0, info: 0});
  t.is(report.summary.outcomes.fail, 2, 'what was judged stays what was judged');
  t.deepEqual(ignored.notes(), ['ignored: 2 faults by 1 entry, 1 finding wholly']);
});

test('a consequence of an ignored cause stays a consequence', t => {
  const ignored = ignoring(entriesOf('- {id: NOD001, reason: x}'), NOON);
  const report = reportOf(healthy(), [nodeCheck('NOD001'), nodeCheck('NOD005')], [ignored.sieve]);
  t.is(report.findings.length, 1);
  t.is(report.findings[0]?.causedBy.length, 1);
  t.is(report.summary.rootCauses, 0);
});

test('an entry counts through its last day and not after', t => {
  const entries = entriesOf('- {id: NOD001, until: 2026-09-01, owner: ann, reason: x}');
  const last = ignoring(entries, Date.parse('2026-09-01T23:59:59Z'));
  t.is(reportOf(healthy(), [nodeCheck('NOD001')], [last.sieve]).findings.length, 0);
  const after = ignoring(entries, Date.parse('2026-09-02T00:00:00Z'));
  t.is(reportOf(healthy(), [nodeCheck('NOD001')], [after.sieve]).findings.length, 1);
  t.deepEqual(after.notes(), [
    'line 1: NOD001 is no longer ignored: the entry expired 2026-09-01 (owner: ann)',
  ]);
});

test('an entry that met nothing is told', t => {
  const ignored = ignoring(entriesOf('- {id: NOD009, reason: x}'), NOON);
  reportOf(healthy(), [nodeCheck('NOD001')], [ignored.sieve]);
  t.deepEqual(ignored.notes(), ['line 1: NOD009 met nothing: the entry can go']);
});
