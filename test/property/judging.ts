import {CHECKS} from '../../src/checks/index.ts';
import type {Check, Fail} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {PROFILES, selectChecks} from '../../src/checks/profiles.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';

const selected = selectChecks(CHECKS, {profile: 'support', only: [], skip: []});
if (typeof selected === 'string') throw new Error(`${selected} of ${PROFILES.length} profiles`);

/** The checks of the profile that users get by default. */
export const SUPPORT: readonly Check[] = selected;

/**
 * Warnings that are right on a cluster in order, by the start of their line. kube-proxy 1.31 keeps one fault for good, as
 * its line ended before the repair: whoever runs 1.31 has it.
 */
const DECLARED = 'kubernetes-135171';

/** Whether a finding is right on a cluster in order. */
export function isDeclared({id, message}: {id: string; message: string}): boolean {
  return id === 'ADV002' && message.includes('pods behind several Services');
}

/** Every error and warning that no cluster in order may show. */
export function alarms(judgement: Judgement): string[] {
  return failures(judgement, 'warning').filter(line => !line.startsWith(`ADV002 warning [${DECLARED}]`));
}

/** How often each property is tried, at most so that all of them end in a minute; a hundred times as long in full. */
export const RUNS = process.env['KUBECTL_WIN_FULL'] === '1' ? 5000 : 200;

export function judged(snapshot: Snapshot): Judgement {
  return judge(snapshot, SUPPORT);
}

/** Every fail as one line: id, severity, cause, subject. */
export function failures(judgement: Judgement, least: 'info' | 'warning' = 'info'): string[] {
  const lines = judgement.fails.flatMap(({check, fails}) =>
    fails
      .filter(f => least === 'info' || (f.severity ?? check.severity) !== 'info')
      .map(f => lineOf(check, f)),
  );
  return [...new Set(lines)].sort();
}

function lineOf(check: Check, fail: Fail): string {
  const {kind, namespace = '', name} = fail.subject;
  return `${check.id} ${fail.severity ?? check.severity} [${fail.cause}] ${kind}/${namespace}/${name}`;
}
