/** The part of ws that is used (https://github.com/websockets/ws/blob/8.23.0/doc/ws.md). */
declare module 'ws' {
  import type {EventEmitter} from 'node:events';
  import type {Agent, ClientRequest, IncomingMessage} from 'node:http';

  export interface ClientOptions {
    agent?: Agent;
    headers?: Record<string, unknown>;
    rejectUnauthorized?: boolean;
    handshakeTimeout?: number;
    maxPayload?: number;
    perMessageDeflate?: boolean;
  }

  export class WebSocket extends EventEmitter {
    constructor(address: string, protocols: readonly string[], options: ClientOptions);
    readonly protocol: string;
    readonly isPaused: boolean;
    send(data: Uint8Array, done: (error?: Error) => void): void;
    pause(): void;
    resume(): void;
    close(code?: number): void;
    terminate(): void;
    on(event: 'open', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'close', listener: (code: number, reason: Buffer) => void): this;
    on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this;
    on(
      event: 'unexpected-response',
      listener: (request: ClientRequest, response: IncomingMessage) => void,
    ): this;
  }
}
