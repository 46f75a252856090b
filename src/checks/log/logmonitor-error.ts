import {explainLogMonitor} from '../../data/logmonitor-errors.ts';
import type {OwnLine} from '../../logs/summary.ts';
import type {Fail, Outcome} from '../define.ts';
import {defineCheck, pass, skip} from '../define.ts';
import {LOGMONITOR_LINK} from './shared/config-faults.ts';
import type {SeenLog} from './shared/logs.ts';
import {eachLog, failLog, isOfLogMonitor, nameOf} from './shared/logs.ts';

/** LOG007 tells of it. */
const CRASH = 'Catastrophic failure!';

export default defineCheck({
  id: 'LOG005',
  name: 'logmonitor-error',
  severity: 'warning',
  since: '0.1.0',
  title: 'LogMonitor reports errors of its own',
  evidence: ['L'],
  needs: ['pod.logs'],
  wants: ['workloads', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Reads what LogMonitor says of itself in the logs of Windows containers, and fails for lines at ERROR, with what the known ones mean.',
    why: 'LogMonitor goes on after most errors: the pod runs, and a source that it could not read is missing from the log without another word.',
    fix: [
      'Do what the finding says of this error.',
      '`kubectl win logs POD -n NAMESPACE --from-source Monitor` shows all that LogMonitor says of itself.',
    ],
    links: [LOGMONITOR_LINK],
  },
  *run(input) {
    yield* eachLog(input, judge);
  },
});

function* judge(seen: SeenLog): Generator<Outcome> {
  if (!isOfLogMonitor(seen.summary)) {
    yield skip('LogMonitor does not print this log');
    return;
  }
  const errors = seen.summary.own.filter(
    ({level, message}) => level === 'Error' && !message.startsWith(CRASH),
  );
  for (const error of errors) yield failOf(seen, error);
  if (errors.length === 0) yield pass(seen.pod);
}

function failOf(seen: SeenLog, {message, count, first}: OwnLine): Fail {
  const known = explainLogMonitor(message);
  const times = count > 1 ? ` (${count} times)` : '';
  return failLog(seen, {
    cause: known?.id ?? 'error',
    ...(known?.harmless && {severity: 'info' as const}),
    message: `${nameOf(seen)}: LogMonitor says "${message}"${times}${known ? `: ${known.meaning}` : ''}`,
    evidence: [seen.at(message)],
    ...(known && {fix: [known.fix]}),
    ...(first !== null && {since: first}),
  });
}
