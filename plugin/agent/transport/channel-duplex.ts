import {Duplex} from 'node:stream';
import type {WebSocket} from 'ws';

/** How the messages of a WebSocket are one stream. */
export interface ChannelOptions {
  /** Stream that bytes are written to. */
  write: number;
  /** Stream that bytes are read from. */
  read: number;
  /** Bytes at the beginning of a message that are not the stream's own; asked once for each message. */
  skip?: (channel: number) => number;
  /** Told of messages of all other streams. */
  other: (channel: number, data: Buffer, stream: ChannelDuplex) => void;
}

/** The bytes of one stream in and one stream out. The far side is stopped while nobody reads, the near one while nothing is sent. */
export class ChannelDuplex extends Duplex {
  readonly #socket: WebSocket;
  readonly #channel: number;

  constructor(socket: WebSocket, {write, read, skip, other}: ChannelOptions) {
    super();
    this.#socket = socket;
    this.#channel = write;
    socket.on('message', data => {
      if (data.length === 0) return;
      const channel = data[0] ?? 0;
      const rest = data.subarray(1 + (skip?.(channel) ?? 0));
      if (channel !== read) other(channel, rest, this);
      else if (rest.length > 0 && !this.push(rest)) socket.pause();
    });
    socket.on('close', () => {
      this.push(null);
      this.destroy();
    });
    socket.on('error', error => this.destroy(error));
    socket.resume();
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    const message = Buffer.allocUnsafe(chunk.length + 1);
    message[0] = this.#channel;
    chunk.copy(message, 1);
    this.#socket.send(message, error => done(error));
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // A paused socket would never see the other side's answer to its close.
    this.#socket.resume();
    this.#socket.close();
    done(error);
  }
}
