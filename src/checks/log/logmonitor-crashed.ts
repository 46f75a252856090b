import {SIGNALS} from '../../data/logmonitor-errors.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, skip} from '../define.ts';
import {LOGMONITOR_LINK} from './shared/config-faults.ts';
import type {SeenLog} from './shared/logs.ts';
import {eachLog, failLog, isOfLogMonitor, nameOf} from './shared/logs.ts';

const CRASH = /^Catastrophic failure! Signal received: (\d+)/;

export default defineCheck({
  id: 'LOG007',
  name: 'logmonitor-crashed',
  severity: 'error',
  since: '0.1.0',
  title: 'LogMonitor died, and the container with it',
  evidence: ['L'],
  needs: ['pod.logs'],
  wants: ['workloads', 'nodes', 'runtimeClasses'],
  docs: {
    what: 'Looks for `Catastrophic failure! Signal received` in the logs of Windows containers and of those before their last restart. LogMonitor prints it from 2.1 on when it dies of a signal.',
    why: 'LogMonitor is the first process of the container: when it dies, the application ends with it, however healthy it was.',
    fix: [
      'Use the newest LogMonitor: 2.2.1 mends deaths by bytes that are not UTF-8.',
      'Where the layout is Custom, use logFormat JSON: `kubectl win logs POD -n NAMESPACE --previous --tail 20` shows what came last.',
    ],
    links: [LOGMONITOR_LINK, 'https://github.com/microsoft/windows-container-tools/issues/212'],
  },
  *run(input) {
    yield* eachLog(input, judge);
  },
});

function* judge(seen: SeenLog): Generator<Outcome> {
  const {own} = seen.summary;
  if (!isOfLogMonitor(seen.summary)) {
    yield skip('LogMonitor does not print this log');
    return;
  }
  const line = own.find(({message}) => CRASH.test(message));
  if (!line) {
    yield pass(seen.pod);
    return;
  }
  const signal = Number(CRASH.exec(line.message)?.[1]);
  const meaning = SIGNALS.get(signal);
  yield failLog(seen, {
    cause: `signal ${signal}`,
    message: `${nameOf(seen)}: LogMonitor died of signal ${signal}${meaning === undefined ? '' : `, ${meaning}`}`,
    evidence: [seen.at(line.message)],
    ...(line.first !== null && {since: line.first}),
  });
}
