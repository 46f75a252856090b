import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import type {ApiStreams} from '../kube/api-streams.ts';
import type {Clock} from '../kube/clock.ts';
import {orIdle} from './idle.ts';
import type {ContainerState} from './instance.ts';
import {Resume} from './resume.ts';
import {lastLines} from './tail.ts';
import type {TimedLine} from './timed-lines.ts';
import {timedLines} from './timed-lines.ts';

/** A container of a pod. */
export interface LogTarget {
  namespace: string;
  pod: string;
  container: string;
}

/** What of its log is wanted, in the API's own terms (PodLogOptions). */
export interface LogWish {
  follow: boolean;
  previous: boolean;
  /** RFC 3339. */
  sinceTime?: string | undefined;
  /** Lines as people count them: the kubelet counts pieces of 16 KiB. */
  tail?: number | undefined;
  limitBytes?: number | undefined;
}

/** What reading a log needs of the world. */
export interface LogPorts {
  streams: ApiStreams;
  /** Asks how a container fares; undefined where its pod is gone. */
  state(target: LogTarget): Promise<ContainerState | undefined>;
  clock: Clock;
  signal: AbortSignal;
  /** Says something about the log that is no part of it: what was lost, what is waited for. */
  note(text: string): void;
}

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 10_000;
/** A followed log that is silent for so long is looked at: the stream may have died at a rotation (kubernetes#115701). */
const SILENCE_MS = 30_000;

/** The lines of one container's log; with `follow` until the container is gone for good or the signal fires. */
export async function* containerLog(
  target: LogTarget,
  wish: LogWish,
  ports: LogPorts,
): AsyncGenerator<TimedLine> {
  if (wish.follow) yield* new FollowedLog(target, wish, ports).lines();
  else if (wish.tail === undefined)
    yield* timedLines(await ports.streams.open(pathOf(target, wish), ports.signal));
  else yield* await lastLines(wish.tail, count => openTail(target, wish, ports, count));
}

function openTail(
  target: LogTarget,
  wish: LogWish,
  {streams, signal}: LogPorts,
  tailLines: number,
): Promise<AsyncIterable<Uint8Array>> {
  return streams.open(pathOf(target, {...wish, follow: false, tailLines}), signal);
}

/** One log that is followed over breaks of the connection, rotations and restarts of its container. */
class FollowedLog {
  readonly #target: LogTarget;
  readonly #wish: LogWish;
  readonly #ports: LogPorts;
  readonly #resume = new Resume();
  #known: ContainerState | undefined;
  #failures = 0;

  constructor(target: LogTarget, wish: LogWish, ports: LogPorts) {
    this.#target = target;
    this.#wish = wish;
    this.#ports = ports;
  }

  async *lines(): AsyncGenerator<TimedLine> {
    const {clock, signal} = this.#ports;
    this.#known = await this.#ports.state(this.#target);
    if (this.#wish.tail !== undefined) yield* this.#tail(this.#wish.tail);
    for (;;) {
      signal.throwIfAborted();
      const before = this.#failures;
      yield* this.#connection();
      const next = await this.#look();
      if (next === 'gone') return;
      if (next === 'restarted') yield* this.#restart();
      if (next === 'waiting' || this.#failures > before) await clock.sleep(this.#wait(), signal);
    }
  }

  #wait(): number {
    return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#failures, 10));
  }

  async *#tail(count: number): AsyncGenerator<TimedLine> {
    try {
      const open = (pieces: number) => openTail(this.#target, this.#wish, this.#ports, pieces);
      for (const line of await lastLines(count, open)) if (this.#resume.isNew(line)) yield line;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reads until the stream ends, breaks, or turns out to be dead. */
  async *#connection(): AsyncGenerator<TimedLine> {
    const resuming = this.#resume.since !== undefined;
    const wish = {...this.#wish, sinceTime: this.#resume.since ?? this.#wish.sinceTime, tail: undefined};
    this.#resume.reconnected();
    // What was shown as the tail is all that was wanted of what was there.
    const tailLines = !resuming && this.#wish.tail !== undefined ? 0 : undefined;
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#ports.signal, ended.signal]);
    let told = false;
    try {
      const stream = await this.#ports.streams.open(
        pathOf(this.#target, {...wish, ...(tailLines !== undefined && {tailLines})}),
        signal,
      );
      const silence = {ms: SILENCE_MS, isDead: () => this.#isDead()};
      for await (const line of orIdle(timedLines(stream), silence, this.#ports)) {
        this.#failures = 0;
        if (!this.#resume.isNew(line)) continue;
        if (!told && resuming) told = this.#tellOfGap();
        yield line;
      }
      if (!resuming && this.#resume.since === undefined) this.#failures++;
    } catch (error) {
      this.#fail(error);
    } finally {
      ended.abort();
    }
  }

  #tellOfGap(): true {
    const {seam} = this.#resume;
    if (seam.state === 'gap') {
      this.#say(
        `was rotated while it could not be read: lines between ${seam.from} and ${seam.to} may be lost`,
      );
    }
    return true;
  }

  /** Whether the log has a newer line than the stream brought. */
  async #isDead(): Promise<boolean> {
    const [newest] = await lastLines(1, count => openTail(this.#target, this.#wish, this.#ports, count));
    return newest !== undefined && !this.#resume.has(newest);
  }

  /** What became of the container since it was last looked at. */
  async #look(): Promise<'goes-on' | 'restarted' | 'waiting' | 'gone'> {
    let state;
    try {
      state = await this.#ports.state(this.#target);
    } catch (error) {
      this.#fail(error);
      return 'waiting';
    }
    if (!state || (this.#known && state.uid !== this.#known.uid)) return 'gone';
    const restarts = state.restarts - (this.#known?.restarts ?? state.restarts);
    if (restarts > 1)
      this.#say(`restarted ${restarts} times meanwhile: logs of all but the last two starts are lost`);
    const before = this.#known;
    this.#known = state;
    if (before && restarts > 0) return 'restarted';
    if (state.phase === 'ended') return 'gone';
    if (state.phase === 'running') return 'goes-on';
    this.#failures++;
    return 'waiting';
  }

  /** Reads what the container that ended has still said, and begins the log of the new one. */
  async *#restart(): AsyncGenerator<TimedLine> {
    const since = this.#resume.since;
    if (since !== undefined) {
      this.#resume.reconnected();
      try {
        const wish = {...this.#wish, follow: false, previous: true, sinceTime: since};
        const stream = await this.#ports.streams.open(pathOf(this.#target, wish), this.#ports.signal);
        for await (const line of timedLines(stream)) if (this.#resume.isNew(line)) yield line;
      } catch (error) {
        this.#ports.signal.throwIfAborted();
        this.#say(`restarted, and the end of the log before is lost: ${wordsOf(error)}`);
      }
    }
    this.#say('was started anew');
    this.#resume.restarted();
    this.#failures = 0;
  }

  /** A break is overcome; what another try would not change is thrown. */
  #fail(error: unknown): void {
    this.#ports.signal.throwIfAborted();
    const hopeless = error instanceof ApiStatusError && [401, 403, 404].includes(error.status);
    if (hopeless) throw error;
    // A container that does not run yet answers 400; its state tells more.
    const starting = error instanceof ApiStatusError && error.status === 400;
    if (this.#failures === 0 && !starting) this.#say(`is read anew: ${wordsOf(error)}`);
    this.#failures++;
  }

  #say(what: string): void {
    const {namespace, pod, container} = this.#target;
    this.#ports.note(`the log of ${namespace}/${pod}/${container} ${what}`);
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiStatusError || error instanceof ConnectionError) return error.message;
  return error instanceof Error ? `the connection broke (${error.message})` : String(error);
}

function pathOf({namespace, pod, container}: LogTarget, wish: LogWish & {tailLines?: number}): string {
  const query = new URLSearchParams({container, timestamps: 'true'});
  if (wish.follow) query.set('follow', 'true');
  if (wish.previous) query.set('previous', 'true');
  if (wish.sinceTime !== undefined) query.set('sinceTime', wish.sinceTime);
  if (wish.tailLines !== undefined) query.set('tailLines', String(wish.tailLines));
  if (wish.limitBytes !== undefined) query.set('limitBytes', String(wish.limitBytes));
  const names = [namespace, pod].map(encodeURIComponent);
  return `/api/v1/namespaces/${names[0]}/pods/${names[1]}/log?${query.toString()}`;
}
