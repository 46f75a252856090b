import type {PerNode} from '../../node/evidence.ts';
import type {NodeLogMonitor} from '../../node/logmonitor.ts';
import {onNode} from '../../node/on-node.ts';
import type {Section} from '../../parse/logmonitor-config/config.ts';
import {logConfigOf, typeOf} from '../../parse/logmonitor-config/config.ts';
import type {LogSummary} from '../../logs/summary.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {mapEvidence, missing} from '../../snapshot/evidence.ts';
import {millis} from '../../snapshot/time.ts';
import type {Fail, Outcome} from '../define.ts';
import {defineCheck, pass, skip, unknown} from '../define.ts';
import {LOGMONITOR_LINK} from './shared/config-faults.ts';
import type {SeenLog} from './shared/logs.ts';
import {eachLog, failLog, isOfLogMonitor, nameOf} from './shared/logs.ts';

/** Sources that print by themselves, whatever the program does. */
type Watched = 'EventLog' | 'File' | 'ETW';
const WATCHED: readonly Watched[] = ['EventLog', 'File', 'ETW'];
/** What LogMonitor says while it waits for something to appear, and of which source it is. */
const WAITS: readonly {source: Watched; text: RegExp; what: string}[] = [
  {source: 'EventLog', text: /^Waiting for (.+) event channel to be enabled/, what: 'channel'},
  {source: 'File', text: /^Log directory (.+?) does not exist\. LogMonitor will wait/, what: 'directory'},
];
/** At these levels a healthy application may well have nothing to say. */
const QUIET = new Set(['critical', 'error', 'warning']);
/** A source that has printed nothing for so long, beside others that have, is worth a word. */
const SILENT_MS = 60 * 60_000;

export default defineCheck({
  id: 'LOG004',
  name: 'logmonitor-source-silent',
  severity: 'warning',
  since: '0.1.0',
  title: 'A source of LogMonitor prints nothing while others do',
  evidence: ['L'],
  needs: ['pod.logs'],
  wants: ['workloads', 'nodes', 'runtimeClasses', 'node.logmonitor'],
  docs: {
    what: 'Fails where LogMonitor says that it waits for a directory or an event channel and nothing of that source ever came, while other sources print. Where an agent saw the configuration, it also says of a source of files, or of events at Information or Verbose, that printed nothing in an hour; that is only suspected.',
    why: 'LogMonitor waits without a word more, and where its time is over (five minutes unless `waitInSeconds` says otherwise) it never looks again: what the application logs there is not seen.',
    fix: [
      'Make the directory in the image before LogMonitor starts, or set `waitInSeconds`.',
      'Give the process of LogMonitor the right to read the channel, and name only channels that there are.',
    ],
    links: [LOGMONITOR_LINK, 'https://github.com/microsoft/windows-container-tools/issues/194'],
  },
  *run(input) {
    const {'node.logmonitor': configs} = input.wants;
    yield* eachLog(input, seen => judge(seen, configs, input.now));
  },
});

function* judge(seen: SeenLog, configs: Evidence<PerNode<NodeLogMonitor>>, now: number): Generator<Outcome> {
  const {summary, previous, pod} = seen;
  if (previous || !isOfLogMonitor(summary)) {
    yield skip('LogMonitor does not print this log');
    return;
  }
  const waits = waitsOf(seen);
  yield* waits;
  if (waits.length > 0) return;
  const config = configOf(seen, configs);
  if (!config.ok) {
    yield unknown(pod, 'node.logmonitor', config);
    return;
  }
  const silent = silentSources(config.value, summary);
  if (silent.length === 0) yield pass(pod);
  else if (summary.cut) {
    const detail = 'only the start and the end of the log were read, and a source may have spoken between';
    yield unknown(pod, 'pod.logs', missing('failed', detail));
  } else if (!hasRunFor(seen, now) || !speaks(summary)) yield pass(pod);
  else for (const source of silent) yield suspected(seen, source);
}

/** What LogMonitor waits for, of sources of which nothing came. */
function waitsOf(seen: SeenLog): Fail[] {
  const {summary} = seen;
  return summary.own.flatMap(({message, first}) => {
    const wait = WAITS.find(({text}) => text.test(message));
    const name = wait?.text.exec(message)?.[1];
    if (!wait || name === undefined || summary.sources[wait.source]) return [];
    return [
      failLog(seen, {
        cause: `waits for a ${wait.what}`,
        message: `${nameOf(seen)}: LogMonitor waits for the ${wait.what} ${name}, and nothing of ${wait.source} was ever printed`,
        evidence: [seen.at(message)],
        ...(first !== null && {since: first}),
      }),
    ];
  });
}

function configOf({pod, placed}: SeenLog, configs: Evidence<PerNode<NodeLogMonitor>>): Evidence<unknown> {
  const found = onNode(configs, pod.nodeName ?? '');
  const text = mapEvidence(
    found,
    ({containers}) =>
      containers.find(
        c =>
          c.namespace === pod.metadata.namespace &&
          c.pod === pod.metadata.name &&
          c.container === placed.container.name,
      )?.config?.text,
  );
  if (!text.ok) return text;
  if (text.value === undefined)
    return missing('failed', 'the agent saw no configuration of LogMonitor in it');
  try {
    return {ok: true, value: JSON.parse(text.value.replace(/^\ufeff/, '')) as unknown};
  } catch {
    // LOG002 tells of it.
    return {ok: true, value: undefined};
  }
}

/** Configured sources that ought to speak and have not. */
function silentSources(config: unknown, {sources}: LogSummary): Watched[] {
  const configured = logConfigOf(config)?.list('sources') ?? [];
  return WATCHED.filter(
    type => !sources[type] && configured.some(source => typeOf(source) === type && isTalkative(source)),
  );
}

function isTalkative(source: Section): boolean {
  const items = [...source.list('channels'), ...source.list('providers')];
  return typeOf(source) === 'File' || !items.every(isQuiet);
}

/** LogMonitor's own default is Error. */
function isQuiet(item: Section): boolean {
  return QUIET.has((item.text('level') ?? 'error').toLowerCase());
}

function speaks({sources}: LogSummary): boolean {
  return [...WATCHED, 'Process' as const].some(type => sources[type] !== undefined);
}

function hasRunFor({status}: SeenLog, now: number): boolean {
  const started = millis(status?.state?.running?.startedAt);
  return started !== undefined && now - started >= SILENT_MS;
}

function suspected(seen: SeenLog, source: Watched): Fail {
  const {sources} = seen.summary;
  return failLog(seen, {
    cause: `${source} is silent`,
    state: 'suspected',
    message: `${nameOf(seen)}: the configuration has a source of type ${source}, of which nothing was printed, while others print`,
    evidence: [seen.at(Object.fromEntries(Object.entries(sources).map(([name, {count}]) => [name, count])))],
  });
}
