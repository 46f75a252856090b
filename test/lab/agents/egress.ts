/**
 * The API server dials nodes by their addresses, which in a lab nobody has. Its egress selector
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/) sends these dials through an HTTP CONNECT
 * proxy on a Unix socket instead, this process: the kubelets' port means kwok, everything else is dialled as asked.
 *
 *     node egress.ts SOCKET KWOK-PORT [ADDRESS COMMAND...]
 *
 * The kubelet at ADDRESS, in a network of its own, is reached through the standard streams of a command.
 */
import {spawn} from 'node:child_process';
import {createServer} from 'node:http';
import {connect, type Socket} from 'node:net';
import {Duplex} from 'node:stream';
import {KUBELET_PORT} from './egress-config.ts';

const [socketPath = '', kwokPort = '', realNode, ...way] = process.argv.slice(2);

const server = createServer((_, response) => response.writeHead(405).end());

server.on('connect', (request, near: Socket, head) => {
  const {hostname, port} = new URL(`tcp://${request.url ?? ''}`);
  const far = Number(port) === KUBELET_PORT ? toKubelet(hostname) : dial(hostname, Number(port));
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
  far.once('connect', () => {
    near.write('HTTP/1.1 200 OK\r\n\r\n');
    if (head.length > 0) far.write(head);
    far.pipe(near).pipe(far);
  });
});

function toKubelet(address: string): Duplex {
  return address === realNode ? throughCommand() : dial('127.0.0.1', Number(kwokPort));
}

function dial(host: string, port: number): Duplex {
  return connect({host, port, noDelay: true});
}

/** `connect` comes when the command runs. */
function throughCommand(): Duplex {
  const [file = '', ...args] = way;
  const child = spawn(file, args, {stdio: ['pipe', 'pipe', 'ignore']});
  const stream = Duplex.from({writable: child.stdin, readable: child.stdout});
  child.once('spawn', () => stream.emit('connect'));
  child.once('error', error => stream.destroy(error));
  stream.once('close', () => child.kill());
  return stream;
}

server.listen(socketPath);
process.once('SIGTERM', () => process.exit(0));
