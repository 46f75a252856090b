import {Worker} from 'node:worker_threads';
import type {Done, Job, ThreadSetup} from './job.ts';

/** A thread's own heap: a block and its records are little. */
const LIMITS = {maxYoungGenerationSizeMb: 3, maxOldGenerationSizeMb: 32};
/** Where the program of a thread is: beside this file, or as the build names it. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'logs-worker.js', import.meta.url);

/** Jobs that a thread has at a time: one that it does, one that waits for it. */
const JOBS = 2;

interface Thread {
  worker: Worker;
  /** Whether its program has begun and not ended: else others do what there is to do. */
  runs: boolean;
  jobs: number;
}

interface Waiting {
  resolve: (done: Done) => void;
  reject: (error: unknown) => void;
}

/** Threads that read stretches of one file; each does its jobs in order. */
export class ThreadPool {
  readonly #threads: Thread[];
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(threads: number, setup: ThreadSetup) {
    this.#threads = Array.from({length: threads}, () => {
      const worker = new Worker(PROGRAM, {workerData: setup, resourceLimits: LIMITS, stdin: false});
      const thread = {worker, runs: false, jobs: 0};
      worker.on('online', () => (thread.runs = true));
      worker.on('message', (done: Done) => {
        thread.jobs--;
        this.#waiting.get(done.id)?.resolve(done);
        this.#waiting.delete(done.id);
      });
      const fail = (error: unknown): void => {
        // Nobody would answer what it is given from now on.
        thread.runs = false;
        this.#fail(error);
      };
      worker.on('error', fail);
      worker.on('exit', () => fail(new Error('a thread ended')));
      return thread;
    });
  }

  /** Whether a thread would begin with a job at once or soon. */
  get isFree(): boolean {
    return this.#freest !== undefined;
  }

  /** Gives a job to a thread that is free. Rejects where it dies. */
  run(job: Omit<Job, 'id'>): Promise<Done> {
    const thread = this.#freest;
    if (!thread) throw new Error('no thread is free');
    const id = this.#next++;
    const {promise, resolve, reject} = Promise.withResolvers<Done>();
    this.#waiting.set(id, {resolve, reject});
    thread.jobs++;
    const {worker} = thread;
    const message: Job = {...job, id};
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(message);
    return promise;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({worker}) => worker.terminate()));
  }

  get #freest(): Thread | undefined {
    let freest: Thread | undefined;
    for (const thread of this.#threads)
      if (thread.runs && thread.jobs < (freest?.jobs ?? JOBS)) freest = thread;
    return freest;
  }

  #fail(error: unknown): void {
    for (const {reject} of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
