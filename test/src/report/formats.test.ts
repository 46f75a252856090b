import test from 'ava';
import * as fc from 'fast-check';
import {parse as parseYaml} from 'yaml';
import {CHECKS} from '../../../src/checks/index.ts';
import {judge} from '../../../src/checks/engine.ts';
import {buildReport} from '../../../src/report/build.ts';
import {FORMATS} from '../../../src/report/format-names.ts';
import {render} from '../../../src/report/formats.ts';
import type {Format} from '../../../src/report/format-names.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import {ANSI, PLAIN} from '../../../src/report/palette.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {anyReport} from '../../helpers/random-report.ts';
import {markupOf} from '../../helpers/markdown.ts';
import {finding, hostileReport, report, sickReport} from '../../helpers/report.ts';
import {junitErrors, parseXml, sarifErrors, schemaErrors} from '../../helpers/schemas.ts';

const draw = (format: Format, of: DoctorReport): string =>
  render(format, of, {palette: PLAIN, width: 100, checks: CHECKS, failOn: 'error'});

const judged = (cluster: TestCluster): DoctorReport => {
  const snapshot = cluster.snapshot();
  const run = {version: '0.1.0', timings: {collectMs: 1, judgeMs: 1}};
  return buildReport(snapshot, judge(snapshot, CHECKS), run, bundleLocator(snapshot));
};

const CLUSTERS: Record<string, () => TestCluster> = {
  healthy,
  'without nodes': () => healthy().removeAll('Node'),
  'with a dead node': () =>
    healthy().change('Node', 'win-1', n => {
      for (const c of n.status.conditions) if (c.type === 'Ready') c.status = 'Unknown';
    }),
  'with careless workloads': () =>
    healthy().changeSpec('Deployment', 'shop/web', spec => {
      delete spec.nodeSelector;
      delete spec.containers[0].resources;
      spec.hostNetwork = true;
    }),
  'with no right to anything': () => healthy().without('nodes').without('pods').without('workloads'),
};

for (const [name, make] of Object.entries(CLUSTERS)) {
  test(`the report of a cluster ${name} fits every schema`, t => {
    const made = judged(make());
    t.deepEqual(schemaErrors('doctor-report', JSON.parse(draw('json', made))), []);
    t.deepEqual(sarifErrors(JSON.parse(draw('sarif', made))), []);
    t.deepEqual(junitErrors(draw('junit', made)), []);
  });
}

test('schemas notice what is wrong', t => {
  const broken = JSON.parse(draw('json', sickReport()));
  broken.findings[0].severity = 'fatal';
  delete broken.summary;
  t.true(schemaErrors('doctor-report', broken).length >= 2);
  t.not(schemaErrors('lint-report', JSON.parse(draw('json', sickReport()))).length, 0);
  t.not(sarifErrors({version: '2.1.0'}).length, 0);
  t.not(junitErrors('<testsuites><x/></testsuites>').length, 0);
});

test('any report at all is drawn in every format, and each can be read by its own readers', t => {
  fc.assert(
    fc.property(anyReport, fc.integer({min: 20, max: 200}), (random, width) => {
      const name = random.kind === 'LintReport' ? 'lint-report' : 'doctor-report';
      const whole: unknown = JSON.parse(JSON.stringify(random));
      t.deepEqual(schemaErrors(name, whole), []);
      t.deepEqual(JSON.parse(draw('json', random)), whole);
      t.deepEqual(parseYaml(draw('yaml', random)), whole);
      t.deepEqual(sarifErrors(JSON.parse(draw('sarif', random))), []);
      t.deepEqual(junitErrors(draw('junit', random)), []);
      parseXml(draw('html', random)).dispose();
      for (const format of ['text', 'wide', 'markdown'] as const) {
        t.true(render(format, random, {palette: ANSI, width, checks: [], failOn: 'error'}).endsWith('\n'));
      }
    }),
    {numRuns: 150},
  );
});

test('no format lets through what a terminal obeys', t => {
  fc.assert(
    fc.property(anyReport, random => {
      for (const format of FORMATS) {
        // Word joiners are ours: they keep Markdown from calling people.
        const text = draw(format, random).replaceAll('\u2060', '');
        t.notRegex(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}](?<!\n)/u, format);
      }
    }),
    {numRuns: 100},
  );
});

test('hostile names stay names', t => {
  const html = draw('html', hostileReport());
  t.is(html.split('<script').length, 2, 'the only script is ours');
  t.notRegex(html, /<img/);
  t.notRegex(html, /href="(?!https:|#f-|data:,")/);
  t.notRegex(draw('sarif', hostileReport()), /"text": "[^\n]*\]\(/);
});

test('Markdown of a stranger is text', t => {
  const OURS = /^(?:<details><summary>[\w\s()]+<\/summary>|<\/details>)$/;
  const demand = (of: DoctorReport): void => {
    const {types, html, links} = markupOf(draw('markdown', of));
    t.deepEqual(links, []);
    t.deepEqual(
      html.filter(tag => !OURS.test(tag)),
      [],
    );
    for (const type of ['blockquote', 'table', 'hr', 'em', 'del', 'image', 'code', 'def'])
      t.false(types.has(type), type);
  };
  demand(hostileReport());
  demand(report([finding('SCH001', {message: '1. > - # http://x.example www.x.example _a_ ~~b~~ | c |'})]));
  fc.assert(fc.property(anyReport, demand), {numRuns: 150});
});

test('an empty report is drawn in every format', t => {
  for (const format of FORMATS) t.not(draw(format, report()), '');
  t.deepEqual(junitErrors(draw('junit', report())), []);
});
