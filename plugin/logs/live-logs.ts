import {UserError} from '../errors.ts';
import type {Pod} from '../../src/kube/types.ts';
import {ApiStatusError} from '../kube/api-error.ts';
import {nearest} from '../../src/explain/nearest.ts';
import {EXIT} from '../../src/report/exit.ts';
import type {LogPorts, LogWish} from './log-request.ts';
import type {LogTarget} from './log-target.ts';
import {containerLog} from './container-log.ts';
import {containerState} from './instance.ts';
import type {Timed} from './interleave.ts';
import {Interleaver} from './interleave.ts';
import type {WatchPorts} from './new-pods.ts';
import {podsAsTheyCome} from './new-pods.ts';
import type {NamedTarget} from './kinds.ts';
import type {PodQuery} from './targets.ts';
import {podsOf} from './targets.ts';
import type {TimedLine} from './timed-lines.ts';

/** Streams that are put in order wait so long for each other: a person sees no delay, and clocks of nodes differ by more. */
const WINDOW_MS = 20;

/** Of more logs that cannot be read only the number is told: of thousands of pods many have none yet. */
const MAX_TOLD = 5;

/** A container whose log is shown. */
export interface LogOwner extends LogTarget {
  node: string | null;
}

/** Which logs are wanted. */
export interface LiveWish extends LogWish {
  pods: PodQuery;
  /** The pod or workload that was named, for messages. */
  target?: NamedTarget | undefined;
  container?: string | undefined;
  allContainers: boolean;
  /** The most logs that are read at a time. */
  maxRequests: number;
}

export interface LivePorts extends WatchPorts {
  note(text: string): void;
}

/** Turns the lines of one log into what is put in order with that of others. */
export type ReadLog<T> = (
  owner: LogOwner,
  batches: AsyncIterable<readonly TimedLine[]>,
) => AsyncIterable<readonly Timed<T>[]>;

/**
 * Logs of many containers as one stream in the order of time, in lists of what goes out together. With `follow`, pods that come later are taken up, and it
 * goes on until the signal fires or, where one pod was named, until that is gone.
 */
export async function* liveLogs<T>(wish: LiveWish, ports: LivePorts, read: ReadLog<T>): AsyncGenerator<T[]> {
  const run = new LiveRun(wish, ports, read);
  yield* wish.follow ? run.follow() : run.once();
}

class LiveRun<T> {
  readonly #wish: LiveWish;
  readonly #ports: LivePorts;
  readonly #read: ReadLog<T>;
  readonly #merged: Interleaver<T>;
  /** Containers that were taken up, by pod UID and name. */
  readonly #known = new Set<string>();
  readonly #errors: Error[] = [];
  #many = true;

  constructor(wish: LiveWish, ports: LivePorts, read: ReadLog<T>) {
    this.#wish = wish;
    this.#ports = ports;
    this.#read = read;
    this.#merged = new Interleaver(wish.follow ? WINDOW_MS : Infinity);
  }

  async *once(): AsyncGenerator<T[]> {
    const owners = await this.#present();
    for (const owner of owners) this.#add(owner);
    this.#merged.close();
    yield* this.#merged;
    const untold = this.#errors.length - MAX_TOLD;
    if (untold > 0) this.#ports.note(`${untold} more logs cannot be read`);
    const [first] = this.#errors;
    if (first && this.#errors.length === owners.length) throw first;
  }

  async *follow(): AsyncGenerator<T[]> {
    const isOne = this.#wish.target?.kind.by === 'name';
    for (const owner of await this.#present()) this.#add(owner);
    if (isOne) this.#merged.close();
    else void this.#takeUp().catch((error: unknown) => this.#merged.fail(error));
    yield* this.#merged;
  }

  async #present(): Promise<LogOwner[]> {
    const {pods, follow, maxRequests} = this.#wish;
    const found = await podsOf(this.#ports.reader, pods, this.#ports.signal);
    if (found.length === 0 && !(follow && this.#wish.target?.kind.by !== 'name')) throw await this.#noPods();
    if (found.length === 0) this.#ports.note('no pods yet, waiting for them');
    const owners = found.flatMap(pod => this.#ownersOf(pod));
    if (found.length > 0 && owners.length === 0) throw this.#noContainer(found);
    if (owners.length > maxRequests) {
      throw new UserError(
        `that is ${owners.length} logs of ${found.length} pods, and at most ${maxRequests} are read at a time`,
        {
          code: 'too-many-logs',
          exitCode: EXIT.usage,
          fix: [`choose fewer by -n, -l or -c, or raise the limit: --max-log-requests ${owners.length}`],
        },
      );
    }
    this.#many = owners.length > 1;
    return owners;
  }

  /** Containers of a pod that are wanted and not known yet. */
  #ownersOf(pod: Pod): LogOwner[] {
    const {name, namespace = 'default', uid = ''} = pod.metadata;
    const node = pod.nodeName ?? null;
    return chosenContainers(pod, this.#wish).flatMap(container => {
      const id = `${uid}/${container}`;
      if (this.#known.has(id)) return [];
      this.#known.add(id);
      return [{namespace, pod: name, container, node}];
    });
  }

  async #takeUp(): Promise<void> {
    const {maxRequests} = this.#wish;
    for await (const pod of podsAsTheyCome(this.#wish.pods, this.#ports)) {
      // A pod without a node has no log yet; it comes again when it has.
      if (pod.nodeName === undefined) continue;
      for (const owner of this.#ownersOf(pod)) {
        if (this.#merged.live < maxRequests) this.#add(owner);
        else {
          const whose = `${owner.namespace}/${owner.pod}/${owner.container}`;
          this.#ports.note(`${whose} is not followed: ${maxRequests} logs are already (--max-log-requests)`);
        }
      }
    }
  }

  #add(owner: LogOwner): void {
    this.#merged.add(this.#read(owner, this.#lines(owner)));
  }

  /** The lines of one log; that it cannot be read costs only itself where there are others. */
  async *#lines(owner: LogOwner): AsyncGenerator<TimedLine[]> {
    const {reader, streams, clock, signal} = this.#ports;
    const note = (text: string): void => this.#ports.note(text);
    const ports: LogPorts = {
      streams,
      clock,
      signal,
      note,
      state: target => containerState(reader, target, signal),
    };
    try {
      yield* containerLog(owner, this.#wish, ports);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Error) || (!this.#many && !this.#wish.follow)) throw error;
      this.#errors.push(error);
      if (this.#wish.follow || this.#errors.length <= MAX_TOLD)
        note(
          `the log of ${owner.namespace}/${owner.pod}/${owner.container} cannot be read: ${wordsOf(error)}`,
        );
    }
  }

  async #noPods(): Promise<UserError> {
    const {target, pods} = this.#wish;
    const where = pods.namespace === undefined ? 'any namespace' : `namespace ${pods.namespace}`;
    if (target?.kind.by !== 'name') {
      const what = target ? `${target.typed} has no pods` : 'no pods match';
      return new UserError(`${what} in ${where}`, {
        code: 'no-pods',
        fix: ['kubectl get pods --all-namespaces'],
      });
    }
    const all = await podsOf(this.#ports.reader, {...pods, query: {}}, this.#ports.signal);
    const meant = nearest(
      target.name,
      all.map(p => p.metadata.name),
    );
    return new UserError(`there is no pod ${target.name} in ${where}`, {
      code: 'no-target',
      fix: [meant === undefined ? 'kubectl get pods --all-namespaces' : `did you mean ${meant}?`],
    });
  }

  #noContainer(pods: readonly Pod[]): UserError {
    const names = [...new Set(pods.flatMap(pod => chosenContainers(pod, {allContainers: true})))];
    return new UserError(
      `there is no container ${this.#wish.container ?? ''}; there are ${names.join(', ')}`,
      {
        code: 'no-container',
        exitCode: EXIT.usage,
      },
    );
  }
}

function wordsOf(error: Error): string {
  return error instanceof ApiStatusError ? error.message.replace(/^GET \S+: /, '') : error.message;
}

/** Annotation by which a pod says which container people mean. */
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** The containers of a pod whose logs are wanted: the one that was named, all, or the pod's default. */
export function chosenContainers(
  {spec, metadata}: Pod,
  {container, allContainers}: {container?: string | undefined; allContainers: boolean},
): string[] {
  const all = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(
    c => c.name,
  );
  if (container !== undefined) return all.filter(name => name === container);
  if (allContainers) return all;
  const preferred = metadata.annotations?.[DEFAULT_CONTAINER];
  const chosen = all.find(name => name === preferred) ?? spec.containers[0]?.name;
  return chosen === undefined ? [] : [chosen];
}
