import type {Readable, Writable} from 'node:stream';
import {END, FrameReader, frames} from '../../../src/protocol/frames.ts';

/** The client's end of the exec transport, without a heartbeat of its own. */
export class FramedClient {
  readonly #input: Writable;
  readonly #reader = new FrameReader();
  #text = '';
  #heartbeats = 0;
  readonly #looking = new Set<() => void>();
  #closed = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    output.on('data', (chunk: Buffer) => {
      if (chunk.equals(Buffer.alloc(4))) this.#heartbeats++;
      for (const part of this.#reader.read(chunk)) this.#text += Buffer.from(part).toString('latin1');
      this.#looking.forEach(look => look());
    });
    output.on('close', () => {
      this.#closed = true;
      this.#looking.forEach(look => look());
    });
  }

  get heartbeats(): number {
    return this.#heartbeats;
  }

  /** Whether the other side has said that it ends. */
  get ended(): boolean {
    return this.#reader.ended;
  }

  get text(): string {
    return this.#text;
  }

  /** Sends bytes in frames. */
  send(text: string): void {
    for (const part of frames(Buffer.from(text))) this.#input.write(part);
  }

  /** Sends bytes that are no frames. */
  sendRaw(bytes: Uint8Array | string): void {
    this.#input.write(bytes);
  }

  /** Says that nothing more comes. */
  sayEnd(): void {
    this.#input.write(END);
  }

  /** Waits until something has come that fits. */
  async until(pattern: RegExp): Promise<string> {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(this.#text)) resolve(this.#text);
        else if (this.#closed) reject(new Error(`the session ended after ${JSON.stringify(this.#text)}`));
        else return;
        this.#looking.delete(look);
      };
      this.#looking.add(look);
      look();
    });
  }
}
