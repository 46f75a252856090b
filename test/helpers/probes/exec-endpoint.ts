import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {WebSocket, WebSocketServer} from 'ws';
import {ApiStatusError} from '../../../plugin/kube/api-error.ts';
import type {WebSockets} from '../../../plugin/kube/web-socket.ts';

/** Programs that a pod's image has; what they say where they are no real ones. */
export type Image = (program: string) => 'real' | 'absent' | 'broken' | {exitCode: number; stdout?: string};

/** The exec of an API server, which runs what it is told on this machine as far as an image has it. */
export interface ExecEndpoint extends WebSockets {
  /** Command lines that came, by pod. */
  readonly asked: {pod: string; command: readonly string[]}[];
  close(): Promise<void>;
}

/** Starts it. A pod whose name is `forbidden` may not be asked. */
export async function execEndpoint(image: Image): Promise<ExecEndpoint> {
  const asked: ExecEndpoint['asked'] = [];
  const server = createServer();
  const sockets = new WebSocketServer({server, handleProtocols: offered => [...offered][0] ?? false});
  sockets.on('connection', (socket, {url = ''}) => {
    const {pathname, searchParams} = new URL(url, 'http://localhost');
    const command = searchParams.getAll('command');
    asked.push({pod: pathname.split('/')[6] ?? '', command});
    const say = (channel: number, text: string): void =>
      socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
    const end = (status: object): void => {
      say(3, JSON.stringify(status));
      socket.close();
    };
    const exit = (code: number): void =>
      end(
        code === 0
          ? {status: 'Success'}
          : {
              status: 'Failure',
              reason: 'NonZeroExitCode',
              message: `command terminated with exit code ${code}`,
              details: {causes: [{reason: 'ExitCode', message: String(code)}]},
            },
      );
    const [program = '', ...args] = command;
    const has = image(program);
    if (has === 'absent' || has === 'broken') {
      const message =
        has === 'absent'
          ? `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`
          : 'container is not running';
      end({status: 'Failure', reason: 'InternalError', message});
    } else if (has === 'real') {
      execFile(program, args, (error, stdout, stderr) => {
        say(1, stdout);
        say(2, stderr);
        exit(typeof error?.code === 'number' ? error.code : 0);
      });
    } else {
      say(1, has.stdout ?? '');
      exit(has.exitCode);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on an address.
  const {port} = server.address() as AddressInfo;
  return {
    asked,
    async open(path, protocols) {
      if (path.includes('/pods/forbidden/'))
        throw new ApiStatusError(path, 403, JSON.stringify({message: 'pods "forbidden" is forbidden'}));
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols]);
      const opened = once(socket, 'open');
      socket.on('open', () => socket.pause());
      await opened;
      return socket;
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.close();
      await once(server, 'close');
    },
  };
}
