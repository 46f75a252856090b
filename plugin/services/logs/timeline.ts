import type {ByteString} from '../../../src/logs/bytes.ts';
import {sieveOf} from '../../../src/logs/filter.ts';
import {eventMoment, nodeMoments, podMoments} from '../../../src/logs/moments.ts';
import type {LogOrigin} from '../../../src/logs/record.ts';
import type {FoundRecord} from '../../../src/logs/to-record.ts';
import {withoutSecrets} from '../../../src/logs/without-secrets.ts';
import type {Node, Pod} from '../../../src/kube/types.ts';
import {MINUTE, HOUR, millis} from '../../../src/snapshot/time.ts';
import {UserError} from '../../errors.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {systemClock} from '../../kube/clock.ts';
import {containerLog} from '../../logs/container-log.ts';
import type {Timed} from '../../logs/interleave.ts';
import type {TimedLine} from '../../logs/timed-lines.ts';
import {Interleaver} from '../../logs/interleave.ts';
import {momentOf} from '../../logs/moment.ts';
import {chosenContainers} from '../../logs/live-logs.ts';
import type {LiveRun} from './live.ts';
import {recordsOf} from './live-records.ts';
import {nodeStory} from './node-story.ts';
import {usage} from './query.ts';
import type {StoryPlace} from './story-place.ts';
import {openStoryPlace} from './story-place.ts';
import type {LogFormat} from './render.ts';

/** Before a pod was made there may be reasons why it could not start. */
const BEFORE_POD = 2 * MINUTE;
/** Of a node, so much is told unless `--since` says otherwise. */
const OF_NODE = HOUR;

/** Tells what happened around a pod or a node, from every place that knows, in one order of time. */
export async function readTimeline(run: LiveRun & {target: string}): Promise<void> {
  const {flags, sink} = run;
  const [kind = '', name, rest] = run.target.includes('/') ? run.target.split('/') : ['pod', run.target];
  if (name === undefined || rest !== undefined || !/^(?:pods?|po|nodes?|no)$/.test(kind)) {
    throw usage('--timeline tells of POD or node/NAME');
  }
  if (flags.follow) throw usage('--timeline tells what was: it cannot follow');
  const place = await openStoryPlace(run);
  const story = new Story(run, place);
  try {
    if (kind.startsWith('n')) await story.ofNode(name);
    else await story.ofPod(name);
    const {format} = run;
    let first = true;
    if (format) sink.put(format.head);
    for await (const records of story.told()) {
      for (const bytes of records) {
        sink.put(first || !format ? bytes : format.between + bytes);
        first = false;
      }
      if (sink.isFull) break;
      await sink.drained();
    }
    if (format) sink.put(format.foot);
  } finally {
    sink.flush();
    await place.close();
  }
}

/** Everything that is told, as streams by time. */
class Story {
  readonly #run: LiveRun;
  readonly #place: StoryPlace;
  readonly #merged = new Interleaver<ByteString>(Infinity);

  constructor(run: LiveRun, place: StoryPlace) {
    this.#run = run;
    this.#place = place;
  }

  told(): AsyncIterable<ByteString[]> {
    this.#merged.close();
    return this.#merged;
  }

  async ofPod(name: string): Promise<void> {
    const namespace = this.#place.namespaceOf(name);
    const pod = await this.#place.pod(namespace, name);
    if (!pod) throw notFound(`pod ${name}`);
    const origin = {namespace, pod: name, container: null, node: pod.nodeName ?? null};
    const events = await this.#place.events({kind: 'Pod', namespace, name});
    this.#tell(origin, podMoments(pod, events));
    for (const container of chosenContainers(pod, {allContainers: true})) this.#log(pod, container);
    if (pod.nodeName === undefined) return;
    const made = millis(pod.metadata.creationTimestamp);
    await this.#node(
      pod.nodeName,
      this.#run.filter.since ?? (made === undefined ? undefined : made - BEFORE_POD),
      pod,
    );
  }

  async ofNode(name: string): Promise<void> {
    const node = await this.#place.node(name);
    if (!node) throw notFound(`node ${name}`);
    // Events of nodes stand in the namespace `default`.
    const events = await this.#place.events({kind: 'Node', namespace: 'default', name});
    this.#tell(nodeOrigin(node), [...nodeMoments(node), ...events.flatMap(eventMoment)]);
    await this.#node(name, this.#run.filter.since ?? this.#place.now - OF_NODE, undefined);
  }

  async #node(node: string, since: number | undefined, pod: Pod | undefined): Promise<void> {
    const {note} = this.#run;
    const told = await this.#place.nodeLogs(node, logs => nodeStory(logs, {since, pod, note}));
    for (const list of told ?? []) this.#tell({namespace: null, pod: null, container: null, node}, list);
  }

  #log(pod: Pod, container: string): void {
    const {flags, filter, format, layouts, note, signal, stats} = this.#run;
    const owner = {
      namespace: pod.metadata.namespace ?? 'default',
      pod: pod.metadata.name,
      container,
      node: pod.nodeName ?? null,
    };
    const ports = {
      streams: this.#place.streams,
      state: async () => undefined,
      clock: systemClock,
      signal,
      note,
    };
    const options = {
      filter,
      layouts,
      writer: (of: LogOrigin) => writerOf(format, of),
      stats,
      tail: undefined,
      clock: systemClock,
      signal,
    };
    for (const previous of restarted(pod, container) ? [true, false] : [false]) {
      const wish = {follow: false, previous, tail: flags.tail};
      const leftOut = (why: string): void =>
        note(`the log of ${container}${previous ? ' before its restart' : ''} is left out: ${why}`);
      const lines = withoutRemoved(orNothing(containerLog(owner, wish, ports), leftOut), leftOut);
      this.#merged.add(recordsOf(owner, lines, options));
    }
  }

  #tell(origin: LogOrigin, records: readonly FoundRecord[]): void {
    const {filter, format, stats} = this.#run;
    const sieve = sieveOf(filter);
    const write = writerOf(format, origin);
    const told: Timed<ByteString>[] = [];
    let at = 0;
    for (const record of records) {
      at = momentOf(record.time ?? '') ?? at;
      if (sieve && !sieve(record)) continue;
      stats?.add(record);
      told.push({at, item: write(record)});
    }
    told.sort((a, b) => a.at - b.at);
    this.#merged.add(inTurn(told));
  }
}

function writerOf(format: LogFormat | undefined, origin: LogOrigin): (record: FoundRecord) => ByteString {
  const write = format?.writer(origin) ?? ((record: FoundRecord): ByteString => `${record.message}\n`);
  return record => write(withoutSecrets(record));
}

function nodeOrigin({metadata}: Node): LogOrigin {
  return {namespace: null, pod: null, container: null, node: metadata.name};
}

function restarted({status}: Pod, container: string): boolean {
  const all = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  return (all.find(s => s.name === container)?.restartCount ?? 0) > 0;
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items;
}

/** A log that cannot be read is left out of the story, and that is said. */
async function* orNothing<T>(lines: AsyncIterable<T>, say: (why: string) => void): AsyncGenerator<T> {
  try {
    yield* lines;
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    say(error.message.replace(/^GET \S+: /, ''));
  }
}

/** What the kubelet answers, as if it were a log, where it has removed the container (kuberuntime_container.go, GetContainerLogs). */
const REMOVED = 'unable to retrieve container logs for ';

/** A log that the kubelet has no more is left out, and that is said. */
async function* withoutRemoved(
  batches: AsyncIterable<readonly TimedLine[]>,
  say: (why: string) => void,
): AsyncGenerator<readonly TimedLine[]> {
  for await (const lines of batches) {
    const [first] = lines;
    if (lines.length === 1 && first?.time === '' && first.bytes.toString('latin1').startsWith(REMOVED))
      say('the kubelet has removed it');
    else yield lines;
  }
}

function notFound(what: string): UserError {
  return new UserError(`there is no ${what}`, {
    code: 'no-target',
    fix: ['kubectl get pods --all-namespaces'],
  });
}
