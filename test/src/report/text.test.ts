import test from 'ava';
import * as fc from 'fast-check';
import type {DoctorReport} from '../../../src/report/report.ts';
import {columnsOf} from '../../../src/report/columns.ts';
import {ANSI, PLAIN} from '../../../src/report/palette.ts';
import {renderText} from '../../../src/report/text.ts';
import {anyReport} from '../../helpers/random-report.ts';
import {finding, pods, report, sickReport} from '../../helpers/report.ts';

const text = (of: DoctorReport, width = 100): string => renderText(of, {palette: PLAIN, width, wide: false});
const wide = (of: DoctorReport): string => renderText(of, {palette: PLAIN, width: 100, wide: true});

test('a sick cluster, as a person reads it', t => {
  t.snapshot(text(sickReport()));
});

test('a sick cluster at length', t => {
  t.snapshot(wide(sickReport()));
});

test('a sick cluster on a narrow terminal', t => {
  t.snapshot(text(sickReport(), 60));
});

test('a manifest that was linted shows where it is wrong', t => {
  const at = {file: 'deploy/web.yaml', line: 12, column: 7};
  const found = finding('SCH010', {severity: 'warning', location: at, subjects: pods('shop', 'web', 1)});
  t.snapshot(
    text(
      report([found], {
        kind: 'LintReport',
        source: {kind: 'files', name: 'deploy/', collectedAt: '2026-09-01T12:00:00Z'},
      }),
    ),
  );
});

test('colour changes nothing but colour', t => {
  const painted = renderText(sickReport(), {palette: ANSI, width: 100, wide: false});
  t.not(painted, text(sickReport()));
  t.is(painted.replaceAll(/\u001b\[[\d;]+m/g, ''), text(sickReport()));
});

test('severity can be read without colour', t => {
  const lines = text(sickReport()).split('\n');
  for (const start of ['error   NOD001', 'warning SCH010', 'info    SCH008']) {
    t.true(
      lines.some(line => line.startsWith(start)),
      start,
    );
  }
});

test('no line is wider than the terminal', t => {
  fc.assert(
    fc.property(anyReport, fc.integer({min: 40, max: 140}), fc.boolean(), (random, width, long) => {
      const lines = renderText(random, {palette: PLAIN, width, wide: long}).split('\n');
      t.deepEqual(
        lines.filter(line => columnsOf(line) > width),
        [],
      );
    }),
    {numRuns: 150},
  );
});

test('every finding is named in the text', t => {
  fc.assert(
    fc.property(anyReport, random => {
      const shown = wide(random);
      for (const {id} of random.findings) t.true(shown.includes(id));
    }),
  );
});
