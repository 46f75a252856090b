/** The part of ws that an exec endpoint uses (https://github.com/websockets/ws/blob/8.23.0/doc/ws.md). */
declare module 'ws' {
  import type {EventEmitter} from 'node:events';
  import type {IncomingMessage, Server} from 'node:http';

  export class WebSocket extends EventEmitter {
    constructor(address: string, protocols: readonly string[]);
    send(data: Uint8Array): void;
    pause(): void;
    close(code?: number): void;
    terminate(): void;
  }

  export class WebSocketServer extends EventEmitter {
    constructor(options: {server: Server; handleProtocols: (offered: Set<string>) => string | false});
    readonly clients: ReadonlySet<WebSocket>;
    on(event: 'connection', listener: (socket: WebSocket, request: IncomingMessage) => void): this;
    close(): void;
  }
}
