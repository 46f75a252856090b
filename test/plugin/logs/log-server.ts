import {setTimeout as wait} from 'node:timers/promises';
import type {ContainerState} from '../../../plugin/logs/instance.ts';
import {ApiStatusError} from '../../../plugin/kube/api-error.ts';
import type {LogPorts} from '../../../plugin/logs/log-request.ts';
import type {Clock} from '../../../plugin/kube/clock.ts';

/** A line of a container that is simulated: milliseconds since the start, and what it said. */
interface Said {
  ms: number;
  text: string;
}

/**
 * A kubelet's side of `pods/log`, simulated: one file a start of the container, of which only the newest part is there
 * after a rotation; `sinceTime` in whole seconds; streams that follow until they are cut.
 */
export class LogServer {
  readonly notes: string[] = [];
  /** Paths that were asked for. */
  readonly asked: URLSearchParams[] = [];
  /** Streams that were opened from now on say nothing of what is written after a rotation. */
  diesAtRotation = false;
  /** The kubelet has not heard of the pod yet. */
  isUnknown = false;
  /** The API does not know yet that the container was started anew. */
  hidesRestarts = false;
  #files: Said[][] = [[]];
  #shown = 0;
  #phase: ContainerState['phase'] = 'running';
  #streams = new Set<(end: 'cut' | 'eof' | 'more') => void>();
  #rotations = 0;
  readonly #stop = new AbortController();

  say(ms: number, ...texts: string[]): void {
    for (const text of texts) this.#file.push({ms, text});
    this.#wake('more');
  }

  /** What was written so far can no longer be read. */
  rotate(): void {
    this.#shown = this.#file.length;
    this.#rotations++;
  }

  restart(): void {
    this.#files.push([]);
    this.#shown = 0;
    this.#wake('eof');
  }

  end(): void {
    this.#phase = 'ended';
    this.#wake('eof');
  }

  cut(): void {
    this.#wake('cut');
  }

  stop(): void {
    this.#stop.abort(new DOMException('interrupted', 'AbortError'));
    this.#wake('eof');
  }

  get ports(): LogPorts {
    return {
      streams: {open: async (path, signal) => this.#open(new URL(path, 'http://lab').searchParams, signal)},
      state: async () => ({
        uid: 'u',
        restarts: this.hidesRestarts ? 0 : this.#files.length - 1,
        phase: this.#phase,
      }),
      clock: QUICK,
      signal: this.#stop.signal,
      note: text => this.notes.push(text),
    };
  }

  get #file(): Said[] {
    return this.#files.at(-1) ?? [];
  }

  #wake(why: 'cut' | 'eof' | 'more'): void {
    for (const wake of this.#streams) wake(why);
  }

  async *#open(query: URLSearchParams, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    this.asked.push(query);
    if (this.isUnknown)
      throw new ApiStatusError('/log', 404, 'the server could not find the requested resource');
    const previous = query.get('previous') === 'true';
    const file = previous ? (this.#files.at(-2) ?? []) : this.#file;
    const since = Date.parse(query.get('sinceTime') ?? '1970-01-01T00:00:00Z');
    const rotations = this.#rotations;
    const tail = Number(query.get('tailLines') ?? Infinity);
    let at = Math.max(previous ? 0 : this.#shown, file.length - tail);
    for (;;) {
      for (; at < file.length; at++) {
        const said = file[at];
        if (said && START + said.ms >= since) yield Buffer.from(`${timeOf(said.ms)} ${said.text}\n`);
      }
      if (query.get('follow') !== 'true') return;
      const dead = (): boolean => this.diesAtRotation && rotations !== this.#rotations;
      let why = await this.#next(signal);
      while (why === 'more' && dead()) why = await this.#next(signal);
      if (why === 'cut') throw Object.assign(new Error('socket hang up'), {code: 'ECONNRESET'});
      if (why === 'eof' && at === file.length) return;
    }
  }

  #next(signal: AbortSignal): Promise<'cut' | 'eof' | 'more'> {
    const {promise, resolve} = Promise.withResolvers<'cut' | 'eof' | 'more'>();
    const wake = (why: 'cut' | 'eof' | 'more'): void => {
      this.#streams.delete(wake);
      resolve(why);
    };
    signal.addEventListener('abort', () => wake('eof'), {once: true});
    this.#streams.add(wake);
    return promise;
  }
}

const START = Date.UTC(2026, 8, 1, 12);
const timeOf = (ms: number): string => new Date(START + ms).toISOString();

/** A clock that goes a thousand times as fast. */
const QUICK: Clock = {
  now: () => performance.now() * 1000,
  sleep: (ms, signal) => wait(ms / 1000, undefined, {signal}),
};
