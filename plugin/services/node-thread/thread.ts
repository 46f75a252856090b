import {Worker} from 'node:worker_threads';
import type {NodeOutcome, ShareSetup} from '../../../src/checks/node-share.ts';
import type {NodeState} from '../../../src/node/intake.ts';
import type {TakeNews} from '../../../src/node/news.ts';
import type {NodeHelper} from '../../../src/node/visitor.ts';
import {missing} from '../../../src/snapshot/evidence.ts';
import type {FromThread, ToThread} from './messages.ts';

/** Where its program is: beside this file, or as the build names it. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? 'worker.ts' : 'node-worker.js', import.meta.url);
/** Nodes that wait for it, or are half told: with fewer it idles, with more what they told waits in memory. */
const AT_ONCE = 3;

/** How a thread is started. */
export interface NodeThreadOptions {
  setup: () => ShareSetup;
  /** Takes over what it said of a node. */
  judged: (node: string, results: NodeOutcome['results']) => void;
}

/** Takes in and judges as many nodes as it has room for. Should it die, what it had not answered is missing, and says why. */
export class NodeThread implements NodeHelper {
  readonly #options: NodeThreadOptions;
  readonly #states = new Map<string, NodeState>();
  readonly #waiting = new Set<string>();
  #isAllowed = false;
  #worker: Worker | undefined;
  #death: string | undefined;
  /** Tells who waits for it that it has answered everything, or died. */
  #over: (() => void) | undefined;

  constructor(options: NodeThreadOptions) {
    this.#options = options;
  }

  /** Until then it takes nothing. It begins with the first node that tells anything: the API's objects are copied to it, and its heap is another. */
  allow(): void {
    this.#isAllowed = true;
  }

  take(node: string): TakeNews | undefined {
    if (!this.#isAllowed || this.#death !== undefined || this.#waiting.size >= AT_ONCE) return undefined;
    this.#worker ??= this.#begun();
    this.#waiting.add(node);
    return news => this.#post({node, news});
  }

  ended(node: string): void {
    this.#post({node});
  }

  async settled(): Promise<ReadonlyMap<string, NodeState>> {
    if (this.#waiting.size > 0 && this.#death === undefined)
      await new Promise<void>(resolve => (this.#over = resolve));
    for (const node of this.#waiting) this.#states.set(node, unanswered(this.#death ?? 'it ended'));
    return this.#states;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #begun(): Worker {
    const worker = new Worker(PROGRAM, {workerData: this.#options.setup(), stdin: false});
    worker.on('message', ({node, outcome}: FromThread) => {
      this.#options.judged(node, outcome.results);
      this.#states.set(node, outcome.state);
      this.#waiting.delete(node);
      if (this.#waiting.size === 0) this.#over?.();
    });
    worker.on('error', error => this.#died(error.message));
    worker.on('exit', () => this.#died('it ended'));
    return worker;
  }

  #post(message: ToThread): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker?.postMessage(message);
  }

  #died(why: string): void {
    this.#death ??= why;
    this.#over?.();
  }
}

/** What is known of a node whose thread died. */
function unanswered(why: string): NodeState {
  return {
    os: 'windows',
    values: new Map(),
    gaps: new Map(),
    collection: [],
    lost: missing('failed', `the thread that read it died: ${why}`),
  };
}
