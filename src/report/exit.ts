import type {Severity} from '../checks/define.ts';
import type {DoctorReport} from './report.ts';

/** Every exit code of every command (CONTRACT §1). */
export const EXIT = {
  /** Nothing at or above `--fail-on`; also: nothing to diagnose, help, a pipe closed by its reader. */
  ok: 0,
  /** Something at or above `--fail-on`; a failed `net check`, `hns check`, `bundle verify`, `agent status`. */
  findings: 1,
  /** Wrong flags or arguments, an id that `explain` does not know, a broken `--ignore` or `--baseline` file. */
  usage: 2,
  /** No cluster, no capture, no right to read anything. */
  couldNotRun: 3,
  /** Only with `--strict`: nothing found, but evidence was missing. */
  incomplete: 4,
  /** A bug of ours. */
  bug: 70,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Values of `--fail-on`. */
export const FAIL_ON = ['error', 'warning', 'info', 'never'] as const;

export type FailOn = (typeof FAIL_ON)[number];

const SEVERITY_RANK: Record<FailOn, number> = {info: 0, warning: 1, error: 2, never: 3};

/** Whether a finding of this severity makes the run fail. */
export function failsRun(severity: Severity, failOn: FailOn): boolean {
  return SEVERITY_RANK[severity] >= SEVERITY_RANK[failOn];
}

/** What `doctor` and `lint` exit with after a report. */
export function exitCodeOf(report: DoctorReport, options: {failOn: FailOn; strict: boolean}): ExitCode {
  if (report.findings.some(f => failsRun(f.severity, options.failOn))) return EXIT.findings;
  return options.strict && report.unknown.length > 0 ? EXIT.incomplete : EXIT.ok;
}
