import {ApiStatusError, ConnectionError} from '../kube/api-error.ts';
import {orIdle} from './idle.ts';
import type {ContainerState} from './instance.ts';
import type {LogPorts, LogWish} from './log-request.ts';
import type {LogTarget} from './log-target.ts';
import {openLog, openTail} from './log-request.ts';
import {Resume, hashOf} from './resume.ts';
import {lastLines} from './tail.ts';
import type {TimedLine} from './timed-lines.ts';
import {lineBatches} from './timed-lines.ts';

const FIRST_WAIT_MS = 250;
const MAX_WAIT_MS = 10_000;
/** Tries to read the end of a log whose container has ended. */
const MAX_TRIES = 5;
/** A followed log that is silent for so long is looked at: the stream may have died at a rotation (kubernetes#115701). */
const SILENCE_MS = 30_000;
/** The kubelet knows of a restart before the API does; so often, after so long each, is asked whether there was one. */
const RESTART_LOOKS = 4;
const RESTART_LOOK_MS = 500;

/** One log that is followed over breaks of the connection, rotations and restarts of its container. */
export class FollowedLog {
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

  /** Its lines, each once, until the container is gone for good or the signal fires. */
  async *lines(): AsyncGenerator<TimedLine[]> {
    const {clock, signal} = this.#ports;
    this.#known = await this.#ports.state(this.#target);
    let tailed = false;
    for (;;) {
      signal.throwIfAborted();
      const before = this.#failures;
      tailed ||= yield* this.#tail();
      if (tailed) yield* this.#connection();
      const next = await this.#look();
      if (next === 'gone') return;
      if (next === 'restarted') yield* this.#restart();
      if (next === 'waiting' || this.#failures > before) await clock.sleep(this.#wait(), signal);
    }
  }

  #wait(): number {
    return Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#failures, 10));
  }

  /** Shows as much of the end of what is there as was asked for; false where it could not be read. */
  async *#tail(): AsyncGenerator<TimedLine[], boolean> {
    const {tail} = this.#wish;
    if (tail === undefined) return true;
    try {
      // Of no tail at all, the last line is the place from which to go on.
      const lines = await lastLines(Math.max(1, tail), openTail(this.#target, this.#wish, this.#ports));
      const fresh = lines.filter(line => this.#resume.isNew(line));
      if (tail > 0) yield fresh;
      return true;
    } catch (error) {
      this.#fail(error);
      // A container that does not run yet has no end to show.
      return isNotThereYet(error);
    }
  }

  /** Reads until the stream ends, breaks, turns out to be dead or to be that of a new start. */
  async *#connection(): AsyncGenerator<TimedLine[]> {
    const {since} = this.#resume;
    if (since !== undefined) this.#resume.reconnected();
    const wish = {...this.#wish, sinceTime: since ?? this.#wish.sinceTime};
    const ended = new AbortController();
    const signal = AbortSignal.any([this.#ports.signal, ended.signal]);
    try {
      const stream = await openLog(this.#target, wish, this.#ports, signal);
      const silence = {ms: SILENCE_MS, clock: this.#ports.clock, signal};
      const lines = orIdle(lineBatches(stream), () => this.#isDead(), silence);
      yield* this.#newOnes(lines, () => this.#hasRestarted());
      if (this.#resume.since === undefined) this.#failures++;
    } catch (error) {
      this.#fail(error);
    } finally {
      ended.abort();
    }
  }

  /**
   * Lines that were not shown yet. Where they do not go on from those before, it ends if `isOther` says that this is
   * another log; else it is said that lines may be lost.
   */
  async *#newOnes(
    batches: AsyncIterable<TimedLine[]>,
    isOther: () => Promise<boolean> = async () => false,
  ): AsyncGenerator<TimedLine[]> {
    let first = true;
    for await (const lines of batches) {
      this.#failures = 0;
      const fresh: TimedLine[] = [];
      for (const line of lines) {
        const hash = hashOf(line);
        if (!this.#resume.wouldBeNew(line, hash)) continue;
        const {seam} = this.#resume;
        if (first && seam.state === 'gap') {
          if (await isOther()) return;
          const between = `between ${seam.from} and ${seam.to}`;
          this.#say(`was rotated while it could not be read: lines ${between} may be lost`);
        }
        first = false;
        this.#resume.remember(line, hash);
        fresh.push(line);
      }
      if (fresh.length > 0) yield fresh;
    }
  }

  async #hasRestarted(): Promise<boolean> {
    const {clock, signal} = this.#ports;
    for (let look = 1; look <= RESTART_LOOKS; look++) {
      const now = await this.#ports.state(this.#target).catch(() => undefined);
      if (now && this.#known && now.restarts > this.#known.restarts) return true;
      await clock.sleep(RESTART_LOOK_MS, signal);
    }
    return false;
  }

  /** Whether the log has a newer line than the stream brought. */
  async #isDead(): Promise<boolean> {
    const [newest] = await lastLines(1, openTail(this.#target, this.#wish, this.#ports));
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
    const before = this.#known;
    if (!state || (before && state.uid !== before.uid)) return 'gone';
    this.#known = state;
    const restarts = state.restarts - (before?.restarts ?? state.restarts);
    if (restarts > 1) {
      this.#say(`restarted ${restarts} times meanwhile: logs of all but the last two starts may be lost`);
    }
    if (restarts > 0) return 'restarted';
    if (state.phase === 'ended') return 'gone';
    if (state.phase === 'running') return 'goes-on';
    this.#failures++;
    return 'waiting';
  }

  /** Reads what the container that ended has still said, and begins the log of the new one. */
  async *#restart(): AsyncGenerator<TimedLine[]> {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      try {
        yield* this.#lastWords();
        break;
      } catch (error) {
        this.#ports.signal.throwIfAborted();
        // The server said no, or the connection breaks again and again.
        if (!(error instanceof ApiStatusError) && tries < MAX_TRIES) continue;
        this.#say(`was started anew, and the end of the log before may be lost: ${wordsOf(error)}`);
        break;
      }
    }
    this.#say('was started anew');
    this.#resume.restarted();
    this.#failures = 0;
  }

  async *#lastWords(): AsyncGenerator<TimedLine[]> {
    const {since} = this.#resume;
    if (since !== undefined) this.#resume.reconnected();
    const wish = {...this.#wish, follow: false, previous: true, sinceTime: since ?? this.#wish.sinceTime};
    const stream = await openLog(this.#target, wish, this.#ports, this.#ports.signal);
    yield* this.#newOnes(lineBatches(stream));
  }

  /** A break is overcome; what another try would not change is thrown. */
  #fail(error: unknown): void {
    this.#ports.signal.throwIfAborted();
    const hopeless = error instanceof ApiStatusError && [401, 403].includes(error.status);
    if (hopeless) throw error;
    if (this.#failures === 0 && !isNotThereYet(error)) this.#say(`is read anew: ${wordsOf(error)}`);
    this.#failures++;
  }

  #say(what: string): void {
    const {namespace, pod, container} = this.#target;
    this.#ports.note(`the log of ${namespace}/${pod}/${container} ${what}`);
  }
}

/**
 * Whether the log is not there yet: 400 while the container does not run, 404 while the kubelet has not heard of the pod. That
 * a pod is gone for good, its state tells.
 */
function isNotThereYet(error: unknown): boolean {
  return error instanceof ApiStatusError && [400, 404].includes(error.status);
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiStatusError || error instanceof ConnectionError) return error.message;
  return error instanceof Error ? `the connection broke (${error.message})` : String(error);
}
