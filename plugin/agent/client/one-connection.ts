import http from 'node:http';
import type {Duplex} from 'node:stream';

/**
 * HTTP requests one after the other over one stream. Node's agents expect sockets, with their timers and keep-alive
 * packets; a stream through an API server has none of them.
 */
export class OneConnection extends http.Agent {
  readonly #stream: Duplex;

  constructor(stream: Duplex) {
    super({keepAlive: true, maxSockets: 1, maxFreeSockets: 1});
    this.#stream = stream;
  }

  override createConnection(): Duplex {
    return this.#stream;
  }

  override keepSocketAlive(): boolean {
    return true;
  }

  override reuseSocket(): void {
    // Nothing of a stream needs to be woken.
  }
}
