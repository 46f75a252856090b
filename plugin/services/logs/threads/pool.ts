import {Worker} from 'node:worker_threads';
import type {Done, Job, ThreadSetup} from './job.ts';

/** A thread's own heap: a block and its records are little. */
const LIMITS = {maxYoungGenerationSizeMb: 3, maxOldGenerationSizeMb: 16};
/** Where the program of a thread is: beside this file, or as the build names it. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'logs-worker.js', import.meta.url);

/** Threads that read stretches of one file. Jobs are given out in turn; each thread does its own in order. */
export class ThreadPool {
  readonly #workers: Worker[];
  readonly #waiting = new Map<number, {resolve: (done: Done) => void; reject: (error: unknown) => void}>();
  #next = 0;

  constructor(threads: number, setup: ThreadSetup) {
    this.#workers = Array.from({length: threads}, () => {
      const worker = new Worker(PROGRAM, {workerData: setup, resourceLimits: LIMITS, stdin: false});
      worker.on('message', (done: Done) => {
        this.#waiting.get(done.id)?.resolve(done);
        this.#waiting.delete(done.id);
      });
      worker.on('error', error => this.#fail(error));
      worker.on('exit', () => this.#fail(new Error('a thread ended')));
      return worker;
    });
  }

  /** Rejects where the thread died. */
  run(job: Omit<Job, 'id'>): Promise<Done> {
    const id = this.#next++;
    const {promise, resolve, reject} = Promise.withResolvers<Done>();
    // Whoever gave the job up does not look at it any more.
    promise.catch(() => undefined);
    this.#waiting.set(id, {resolve, reject});
    const message: Job = {...job, id};
    this.#workers[id % this.#workers.length]?.postMessage(message);
    return promise;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker.terminate()));
  }

  #fail(error: unknown): void {
    for (const {reject} of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
