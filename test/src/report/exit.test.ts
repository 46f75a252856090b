import test from 'ava';
import {EXIT, FAIL_ON, exitCodeOf} from '../../../src/report/exit.ts';
import {finding, report, sickReport} from '../../helpers/report.ts';

const TABLE = {
  error: {error: 1, warning: 1, info: 1, never: 0},
  warning: {error: 0, warning: 1, info: 1, never: 0},
  info: {error: 0, warning: 0, info: 1, never: 0},
} as const;

test('a finding fails the run at its severity and below', t => {
  for (const severity of ['error', 'warning', 'info'] as const) {
    for (const failOn of FAIL_ON) {
      const code = exitCodeOf(report([finding('NOD001', {severity})]), {failOn, strict: false});
      t.is(code, TABLE[severity][failOn], `${severity}, --fail-on ${failOn}`);
    }
  }
});

test('missing evidence counts only under --strict, and never before a finding', t => {
  const gaps = {...report(), unknown: sickReport().unknown};
  t.is(exitCodeOf(gaps, {failOn: 'error', strict: false}), EXIT.ok);
  t.is(exitCodeOf(gaps, {failOn: 'error', strict: true}), EXIT.incomplete);
  t.is(exitCodeOf(report(), {failOn: 'error', strict: true}), EXIT.ok);
  t.is(exitCodeOf(sickReport(), {failOn: 'error', strict: true}), EXIT.findings);
});

test('the numbers are those of the contract', t => {
  t.deepEqual(
    Object.values(EXIT).toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 70, 130],
  );
});
