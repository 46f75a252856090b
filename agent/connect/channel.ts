import {Duplex} from 'node:stream';
import type {Readable, Writable} from 'node:stream';
import {END, FrameReader, HEARTBEAT, HEARTBEAT_MS, SILENCE_MS, frames} from '../../src/protocol/frames.ts';

/** Times of a channel; tests pass shorter ones. */
export interface ChannelTimes {
  /** Milliseconds between heartbeats. */
  readonly heartbeatMs: number;
  /** Milliseconds of silence after which the other side is gone. */
  readonly silenceMs: number;
}

export const CHANNEL_TIMES: ChannelTimes = {heartbeatMs: HEARTBEAT_MS, silenceMs: SILENCE_MS};

/** The other side is gone, or sends what is no frame. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
}

/**
 * A connection made of frames on two streams. It ends when the last frame or the end of the input comes, and breaks with a
 * {@link ChannelError} on silence, on what is no frame, and where the input ends within one.
 */
export class FrameChannel extends Duplex {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #reader = new FrameReader();
  readonly #beats: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;

  constructor(input: Readable, output: Writable, {heartbeatMs, silenceMs}: ChannelTimes = CHANNEL_TIMES) {
    super({allowHalfOpen: false});
    this.#input = input;
    this.#output = output;
    this.#beats = setInterval(() => this.#beat(), heartbeatMs);
    this.#silence = setTimeout(() => this.#fallSilent(silenceMs), silenceMs);
    input
      .on('data', (chunk: Buffer) => this.#receive(chunk))
      .on('end', () => this.#inputEnds())
      .on('error', error => this.destroy(new ChannelError(`the input fails: ${error.message}`)));
    output
      .on('error', error => this.destroy(new ChannelError(`the output fails: ${error.message}`)))
      .on('close', () => this.destroy());
  }

  override _read(): void {
    if (!this.#input.isPaused()) return;
    this.#silence.refresh();
    this.#input.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    let free = true;
    for (const part of frames(chunk)) free = this.#output.write(part);
    if (free) done();
    else this.#output.once('drain', () => done());
  }

  override _final(done: (error?: Error) => void): void {
    this.#output.write(END, () => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#beats);
    clearTimeout(this.#silence);
    this.#input.pause();
    done(error);
  }

  #receive(chunk: Buffer): void {
    this.#silence.refresh();
    try {
      for (const part of this.#reader.read(chunk)) if (!this.push(part)) this.#input.pause();
      if (this.#reader.ended) this.push(null);
    } catch (error) {
      this.destroy(new ChannelError(error instanceof Error ? error.message : String(error)));
    }
  }

  #inputEnds(): void {
    if (this.#reader.whole) this.push(null);
    else this.destroy(new ChannelError('the input ended within a frame'));
  }

  #beat(): void {
    if (!this.#output.writableNeedDrain) this.#output.write(HEARTBEAT);
  }

  #fallSilent(silenceMs: number): void {
    // What is not listened to is no silence.
    if (this.#input.isPaused()) this.#silence.refresh();
    else this.destroy(new ChannelError(`nothing was heard for ${silenceMs / 1000} s`));
  }
}
