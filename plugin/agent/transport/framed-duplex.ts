import {Duplex} from 'node:stream';
import {END, FrameReader, HEARTBEAT, HEARTBEAT_MS, SILENCE_MS, frames} from '../../../src/protocol/frames.ts';
import {ExternalError} from '../../errors.ts';

/**
 * The payload of frames over another stream (`src/protocol/frames.ts`): heartbeats both ways, so that either side sees
 * that the other is gone, which exec streams do not tell.
 */
export class FramedDuplex extends Duplex {
  readonly #stream: Duplex;
  readonly #reader = new FrameReader();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #silence: NodeJS.Timeout;

  constructor(stream: Duplex) {
    super();
    this.#stream = stream;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#silence = setTimeout(() => this.#noFrame(), SILENCE_MS);
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', error => this.destroy(error));
    stream.on('end', () => {
      if (!this.#reader.ended) this.destroy(cut());
    });
    stream.on('close', () => this.destroy(this.#reader.ended ? undefined : cut()));
  }

  override _read(): void {
    if (!this.#stream.isPaused()) return;
    this.#silence.refresh();
    this.#stream.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#stream.write(Buffer.concat([...frames(chunk)]), error => done(error));
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#stream.write(END, error => done(error));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#silence);
    // The program on the other side ends at once where it hears so, else when no heartbeat comes any more.
    if (this.#stream.writable) this.#stream.end(END, () => this.#stream.destroy());
    else this.#stream.destroy();
    done(error);
  }

  #beat(): void {
    // What waits to be sent already says that we are here.
    if (this.#stream.writable && this.#stream.writableLength === 0) this.#stream.write(HEARTBEAT);
  }

  #noFrame(): void {
    // While nobody reads here, nothing is let in: that silence is our own.
    if (this.#stream.isPaused()) this.#silence.refresh();
    else this.destroy(silent());
  }

  #take(chunk: Buffer): void {
    this.#silence.refresh();
    let room = true;
    try {
      for (const part of this.#reader.read(chunk)) room = this.push(part) && room;
    } catch (error) {
      this.destroy(error instanceof Error ? error : cut());
      return;
    }
    if (this.#reader.ended) this.push(null);
    if (!room) this.#stream.pause();
  }
}

function silent(): ExternalError {
  return new ExternalError(`the agent's \`connect\` was silent for ${SILENCE_MS / 1000} s`, {code: 'exec'});
}

function cut(): ExternalError {
  return new ExternalError("the agent's `connect` ended in the middle", {code: 'exec'});
}
