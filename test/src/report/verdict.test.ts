import test from 'ava';
import type {Gap} from '../../../src/checks/gaps.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {sentenceOf, verdictOf} from '../../../src/report/verdict.ts';
import {renderText} from '../../../src/report/text.ts';
import {PLAIN} from '../../../src/report/palette.ts';
import {finding, report} from '../../helpers/report.ts';

const gap = (evidence: string, reason: Gap['reason'] = 'denied'): Gap => {
  return {
    id: 'SCH001',
    evidence,
    reason,
    detail: `no right to list ${evidence}`,
    subjects: [],
    subjectCount: 0,
  };
};
const summary = (
  windows: number,
  outcomes: Partial<DoctorReport['summary']['outcomes']> = {},
): DoctorReport['summary'] => ({
  ...report().summary,
  nodes: {windows, linux: 2},
  outcomes: {pass: 0, fail: 0, unknown: 0, skip: 0, ...outcomes},
});

const CASES: [string, DoctorReport, string][] = [
  ['all is well', report(), 'Nothing wrong found on 3 Windows and 2 Linux nodes; 1,220 cases passed'],
  [
    'all is well as far as one saw',
    report([], {summary: summary(1, {pass: 10, unknown: 3}), unknown: [gap('services')]}),
    'Nothing wrong found on 1 Windows and 2 Linux nodes; 10 cases passed, but 3 lacked their evidence',
  ],
  [
    'nothing of Windows is there',
    report([], {summary: summary(0, {pass: 4})}),
    'Nothing to diagnose: no Windows nodes and no Windows workloads',
  ],
  [
    'whether anything of Windows is there is not known',
    report([], {summary: summary(0, {unknown: 9}), unknown: [gap('nodes')]}),
    'Nothing could be judged; 9 lacked their evidence',
  ],
  ['one error', report([finding('NOD001')]), '1 error on 3 Windows and 2 Linux nodes; 1,221 cases judged'],
  [
    'only warnings',
    report([finding('NOD001', {severity: 'warning'}), finding('NOD002', {severity: 'warning'})]),
    'No errors; 2 warnings on 3 Windows and 2 Linux nodes; 1,222 cases judged',
  ],
  [
    'only notes',
    report([finding('NOD001', {severity: 'info'})]),
    'No errors or warnings; 1 note on 3 Windows and 2 Linux nodes; 1,221 cases judged',
  ],
  [
    'consequences',
    report([finding('NOD001'), finding('NOD005', {causedBy: ['0123456789abcdef']})]),
    '2 errors from 1 root cause on 3 Windows and 2 Linux nodes; 1,222 cases judged',
  ],
  [
    'manifests without Windows',
    report([], {
      kind: 'LintReport',
      source: {kind: 'files', name: 'x.yaml', collectedAt: '2026-09-01T12:00:00Z'},
      summary: {...summary(0), nodes: {windows: 0, linux: 0}},
    }),
    'Nothing to judge: no Windows workload in x.yaml',
  ],
];

for (const [title, given, says] of CASES) {
  test(`${title}: told in one line`, t => {
    t.is(sentenceOf(verdictOf(given)), says);
  });
}

test('with nothing of Windows nobody misses node state', t => {
  const given = report([], {summary: summary(0), unknown: [gap('node.hns', 'not-requested')]});
  const text = renderText(given, {palette: PLAIN, width: 80, wide: false});
  t.notRegex(text, /Could not be seen/);
});

test('a right that lacks is named, however little there is', t => {
  const given = report([], {summary: summary(0), unknown: [gap('nodes')]});
  const text = renderText(given, {palette: PLAIN, width: 80, wide: false});
  t.regex(text, /nodes: no right to list nodes \(denied; 1 check\)/);
});
