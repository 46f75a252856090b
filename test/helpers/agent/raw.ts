import {connect} from 'node:net';
import type {Socket} from 'node:net';

/** A connection whose bytes a test chooses. */
export class RawConnection {
  readonly socket: Socket;
  #text = '';
  readonly #closed: Promise<void>;

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('latin1').on('data', (text: string) => (this.#text += text));
    this.socket.on('error', () => undefined);
    this.#closed = new Promise(resolve => this.socket.on('close', () => resolve()));
  }

  /** What has come so far. */
  get text(): string {
    return this.#text;
  }

  /** Sends bytes. */
  write(bytes: string | Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** All that came, once the other side has closed. */
  async closed(): Promise<string> {
    await this.#closed;
    return this.#text;
  }

  /** Waits until something has come that fits. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.#text)) {
      if (this.socket.destroyed) throw new Error(`closed after ${JSON.stringify(this.#text)}`);
      await new Promise(resolve => this.socket.once('data', resolve).once('close', resolve));
    }
    return this.#text;
  }

  end(): void {
    this.socket.destroy();
  }
}

/** Status codes of the answers in what came. */
export function statuses(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, code]) => Number(code));
}
