import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {TestNode} from '../../helpers/node-files.ts';
import type {Raw} from '../../helpers/raw.ts';

/** A simulated fleet as another process writes it. */
export class FleetReader {
  readonly #chunks: AsyncIterator<Buffer, undefined>;
  /** What came and was not asked for yet. */
  #parts: Buffer[] = [];
  #held = 0;

  constructor(nodes: number) {
    const child = spawn(
      process.execPath,
      [...process.execArgv, join(import.meta.dirname, 'hns-fleet-process.ts'), String(nodes)],
      {stdio: ['ignore', 'pipe', 'inherit']},
    );
    // A stream of bytes, whose type names no element.
    this.#chunks = (child.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** Objects of the API; read before the nodes. */
  async *objects(): AsyncGenerator<Raw> {
    // Written by our own simulation.
    for (let text = await this.#frame(); text; text = await this.#frame()) yield JSON.parse(text) as Raw;
  }

  /** What the agent of each node sends. */
  async *nodes(): AsyncGenerator<TestNode> {
    for (let name = await this.#frame(); name; name = await this.#frame()) {
      const files: Record<string, string> = {};
      for (let file = await this.#frame(); file; file = await this.#frame())
        files[file] = (await this.#frame()) ?? '';
      yield new TestNode(name, 'windows', files);
    }
  }

  /** The next frame, or undefined where there is none. */
  async #frame(): Promise<string | undefined> {
    const length = await this.#take(4);
    if (!length) return undefined;
    const bytes = length.readUInt32BE();
    return bytes === 0 ? '' : (await this.#take(bytes))?.toString();
  }

  async #take(bytes: number): Promise<Buffer | undefined> {
    while (this.#held < bytes) {
      const {value, done} = await this.#chunks.next();
      if (done) return undefined;
      this.#parts.push(value);
      this.#held += value.length;
    }
    const all = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts);
    const rest = all?.subarray(bytes);
    this.#parts = rest && rest.length > 0 ? [rest] : [];
    this.#held -= bytes;
    return all?.subarray(0, bytes);
  }
}
