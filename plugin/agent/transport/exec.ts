import type {Duplex} from 'node:stream';
import {AGENT_CONNECT} from '../../../src/protocol/environment.ts';
import {AGENT_CONTAINER} from '../../../src/protocol/names.ts';
import {ExternalError} from '../../errors.ts';
import type {WebSockets} from '../../kube/web-socket.ts';
import {CHANNEL_PROTOCOLS} from '../../kube/web-socket.ts';
import {ChannelDuplex} from './channel-duplex.ts';
import {FramedDuplex} from './framed-duplex.ts';
import type {AgentPod, AgentTransport} from './transport.ts';

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
/** What a program says before it ends fits in here. */
const MAX_SAID = 2000;

/** Exec of `connect` in the agent's container, which answers on its standard output (CONTRACT §6). */
export function execConnect(sockets: WebSockets): AgentTransport {
  return {
    name: 'exec',
    async open({namespace, name, os}: AgentPod, signal: AbortSignal): Promise<Duplex> {
      const query = new URLSearchParams({
        container: AGENT_CONTAINER,
        stdin: 'true',
        stdout: 'true',
        stderr: 'true',
      });
      for (const word of AGENT_CONNECT[os]) query.append('command', word);
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/exec?${query.toString()}`;
      const socket = await sockets.open(path, CHANNEL_PROTOCOLS.exec, signal);
      let said = '';
      const stream = new ChannelDuplex(socket, {
        read: STDOUT,
        write: STDIN,
        other(channel, data, bytes) {
          if (channel === STDERR) said = (said + data.toString('utf8')).slice(-MAX_SAID);
          if (channel === STATUS) ended(data.toString('utf8'), said, bytes);
        },
      });
      return new FramedDuplex(stream);
    },
  };
}

/** The last message of an exec: how the program ended. */
function ended(text: string, said: string, stream: ChannelDuplex): void {
  const status = statusOf(text);
  if (status === undefined) {
    stream.push(null);
    return;
  }
  const words = said.trim().split('\n').at(-1) ?? '';
  const message = words === '' ? status : `${status}: ${words}`;
  stream.destroy(new ExternalError(message, {code: 'exec'}));
}

/** The message of a `Status` that is a failure. */
function statusOf(text: string): string | undefined {
  try {
    // A Status by the protocol; a field that is no text is not shown.
    const {status, message} = JSON.parse(text) as {status?: unknown; message?: unknown};
    if (status === 'Success') return undefined;
    return typeof message === 'string' ? message : 'the command failed';
  } catch {
    return 'the command ended in a way that the API server did not say';
  }
}
