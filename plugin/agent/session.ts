import type {Access} from '../kube/access.ts';
import {HttpApiReader} from '../kube/api-reader.ts';
import type {WebSockets} from '../kube/web-socket.ts';
import {HttpWebSockets} from '../kube/web-socket.ts';
import {keyFrom} from './key.ts';
import type {KeyOf} from './client/agent-client.ts';
import {execConnect} from './transport/exec.ts';
import {portForward} from './transport/port-forward.ts';
import type {AgentTransport} from './transport/transport.ts';

/** One cluster as agents are spoken to through it. */
export interface AgentSession {
  reader: HttpApiReader;
  keyOf: KeyOf;
  /** In the order in which they are tried. */
  transports: AgentTransport[];
  /** What they go through. */
  sockets: WebSockets;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Whether exec may be tried: it runs a program as SYSTEM or root (CONTRACT §7). */
  allowExec: boolean;
}

/** Opens the ways to a cluster's agents. Nothing is sent yet. */
export function agentSession(access: Access, {allowExec}: SessionOptions): AgentSession {
  const reader = new HttpApiReader(access);
  const sockets = new HttpWebSockets(access);
  return {
    reader,
    keyOf: keyFrom(reader),
    sockets,
    transports: [portForward(sockets), ...(allowExec ? [execConnect(sockets)] : [])],
    async close() {
      await Promise.all([reader.close(), sockets.close()]);
    },
  };
}
