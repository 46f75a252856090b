import {connect} from 'node:net';
import {Client, Metadata, credentials} from '@grpc/grpc-js';
import type {CallOptions, ServiceError} from '@grpc/grpc-js';
import type {JsonObject} from '../../src/cri/json.ts';
import {abandoned, callFailure, silent, unreachable} from './failure.ts';
import type {Rpc} from './schema.ts';

/** Milliseconds until a pipe or socket must have taken the connection. A busy pipe is waited for. */
const CONNECT_MS = 3000;
/** Milliseconds until a call must have answered; the kubelet gives most calls 2 min, but nobody waits here that long. */
const CALL_MS = 10_000;
/** Bytes of one answer: what containerd itself sends at most (https://github.com/containerd/containerd/blob/main/defaults/defaults.go). */
const MAX_ANSWER = 16 * 1024 * 1024;

/** Asks one runtime. Every call ends by itself, by its deadline or with the signal. */
export interface RuntimeClient {
  /** The pipe or socket. */
  readonly path: string;
  /** One question, one answer. Throws CollectError. */
  ask(rpc: Rpc, request?: object): Promise<JsonObject>;
  /** One question, a stream of answers. Throws CollectError. */
  stream(rpc: Rpc, request?: object): AsyncIterable<JsonObject>;
  close(): void;
}

/** How a client asks. */
export interface ClientOptions {
  signal: AbortSignal;
  /** containerd's own services answer for one namespace only; that of Kubernetes is `k8s.io`. */
  namespace?: string;
  connectMs?: number;
  callMs?: number;
}

/**
 * Connects to a runtime by the path of its Unix socket or named pipe. That it opens is tried first, for gRPC would say
 * only that there is no connection. Throws CollectError.
 */
export async function connectRuntime(path: string, options: ClientOptions): Promise<RuntimeClient> {
  const {signal, namespace, connectMs = CONNECT_MS, callMs = CALL_MS} = options;
  await opens(path, connectMs, signal);
  const client = new Client(`unix:${path}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': MAX_ANSWER,
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
  });
  const metadata = new Metadata();
  if (namespace !== undefined) metadata.set('containerd-namespace', namespace);
  const callOptions = (): CallOptions => ({deadline: Date.now() + callMs});
  return {
    path,
    ask: (rpc, request = {}) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) throw abandoned(rpc.path, path);
        const call = client.makeUnaryRequest(
          rpc.path,
          rpc.encode,
          rpc.decode,
          request,
          metadata,
          callOptions(),
          (error: ServiceError | null, answer?: JsonObject) => {
            signal.removeEventListener('abort', cancel);
            if (error) reject(callFailure(rpc.path, path, error));
            else resolve(answer ?? {});
          },
        );
        const cancel = () => call.cancel();
        signal.addEventListener('abort', cancel, {once: true});
      }),
    async *stream(rpc, request = {}) {
      if (signal.aborted) throw abandoned(rpc.path, path);
      const call = client.makeServerStreamRequest(
        rpc.path,
        rpc.encode,
        rpc.decode,
        request,
        metadata,
        callOptions(),
      );
      const cancel = () => call.cancel();
      signal.addEventListener('abort', cancel, {once: true});
      try {
        yield* call;
      } catch (error) {
        // What a gRPC stream throws.
        throw callFailure(rpc.path, path, error as ServiceError);
      } finally {
        signal.removeEventListener('abort', cancel);
        call.cancel();
      }
    },
    close: () => client.close(),
  };
}

/** Whether something listens behind a path; throws CollectError that says why not. */
export function opens(path: string, withinMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({path});
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon);
      socket.destroy();
      settle();
    };
    const abandon = () => end(() => reject(silent(path, withinMs)));
    const timer = setTimeout(abandon, withinMs);
    signal.addEventListener('abort', abandon, {once: true});
    if (signal.aborted) abandon();
    socket.once('connect', () => end(resolve));
    socket.once('error', error => end(() => reject(unreachable(path, error))));
  });
}
