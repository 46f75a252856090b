/**
 * The API server dials nodes by their addresses, which in a lab nobody has. Its egress selector
 * (https://kubernetes.io/docs/tasks/extend-kubernetes/setup-konnectivity/) sends these dials through an HTTP CONNECT
 * proxy on a Unix socket instead, this process: the kubelets' port means kwok, everything else is dialled as asked.
 *
 *     node egress.ts SOCKET KWOK-PORT
 */
import {createServer} from 'node:http';
import {connect, type Socket} from 'node:net';
import {KUBELET_PORT} from './egress-config.ts';

const [socketPath = '', kwokPort = ''] = process.argv.slice(2);

const server = createServer((_, response) => response.writeHead(405).end());

server.on('connect', (request, near: Socket, head) => {
  const {hostname, port} = new URL(`tcp://${request.url ?? ''}`);
  const target =
    Number(port) === KUBELET_PORT
      ? {host: '127.0.0.1', port: Number(kwokPort)}
      : {host: hostname, port: Number(port)};
  const far = connect({...target, noDelay: true}, () => {
    near.write('HTTP/1.1 200 OK\r\n\r\n');
    if (head.length > 0) far.write(head);
    far.pipe(near).pipe(far);
  });
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
});

server.listen(socketPath);
process.once('SIGTERM', () => process.exit(0));
