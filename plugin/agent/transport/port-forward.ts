import type {Duplex} from 'node:stream';
import {AGENT_PORT} from '../../../src/protocol/names.ts';
import {ExternalError} from '../../errors.ts';
import type {WebSockets} from '../../kube/web-socket.ts';
import {CHANNEL_PROTOCOLS} from '../../kube/web-socket.ts';
import {ChannelDuplex} from './channel-duplex.ts';
import type {AgentPod, AgentTransport} from './transport.ts';

const DATA = 0;
const ERROR = 1;
/** The first message of each stream is the port, two bytes (`portforward/websocket.go` of k8s.io/kubelet's streaming server). */
const PORT_BYTES = 2;

/** Port-forward to the agent's port on its node's loopback device. */
export function portForward(sockets: WebSockets): AgentTransport {
  return {
    name: 'port-forward',
    async open({namespace, name}: AgentPod, signal: AbortSignal): Promise<Duplex> {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/portforward?ports=${AGENT_PORT}`;
      const socket = await sockets.open(path, CHANNEL_PROTOCOLS.portForward, signal);
      const started = new Set<number>();
      return new ChannelDuplex(socket, {
        read: DATA,
        write: DATA,
        skip(channel) {
          if (started.has(channel)) return 0;
          started.add(channel);
          return PORT_BYTES;
        },
        other(channel, data, stream) {
          if (channel === ERROR && data.length > 0) stream.destroy(forwardError(data.toString('utf8')));
        },
      });
    },
  };
}

function forwardError(said: string): ExternalError {
  return new ExternalError(said.trim(), {code: 'port-forward'});
}
