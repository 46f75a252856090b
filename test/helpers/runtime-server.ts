import {Server, ServerCredentials, status} from '@grpc/grpc-js';
import type {ServiceDefinition, UntypedServiceImplementation} from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import {RUNTIME_PROTO} from '../../agent/cri/proto/runtime.ts';

/** What a call is answered: a message, or a gRPC status by its number. `hang` never answers. */
export type RuntimeAnswer = object | {code: number; details: string} | 'hang';

/** Answers by call: `Version`, `ListPodSandbox`. A call without one is not implemented. */
export type RuntimeAnswers = Readonly<Record<string, (request: Record<string, unknown>) => RuntimeAnswer>>;

/** A runtime that answers as it is told, over real gRPC. */
export interface RuntimeServer {
  /** How often each call came. */
  readonly calls: ReadonlyMap<string, number>;
  stop(): void;
}

/** Serves CRI at a Unix socket or a named pipe. */
export async function serveRuntime(path: string, answers: RuntimeAnswers): Promise<RuntimeServer> {
  const {root} = protobuf.parse(RUNTIME_PROTO);
  const calls = new Map<string, number>();
  const server = new Server({'grpc.max_send_message_length': -1});
  for (const service of ['RuntimeService', 'ImageService']) {
    const {methods} = root.lookupService(`runtime.v1.${service}`);
    const definition: Record<string, ServiceDefinition[string]> = {};
    const handlers: UntypedServiceImplementation = {};
    for (const [name, method] of Object.entries(methods)) {
      const answer = answers[name];
      if (!answer) continue;
      const request = root.lookupType(`runtime.v1.${method.requestType}`);
      const response = root.lookupType(`runtime.v1.${method.responseType}`);
      definition[name] = {
        path: `/runtime.v1.${service}/${name}`,
        requestStream: false,
        responseStream: false,
        requestSerialize: (value: object) => Buffer.from(request.encode(request.fromObject(value)).finish()),
        requestDeserialize: (bytes: Buffer) => request.toObject(request.decode(bytes)),
        responseSerialize: (value: object) =>
          Buffer.from(response.encode(response.fromObject(value)).finish()),
        responseDeserialize: (bytes: Buffer) => response.toObject(response.decode(bytes)),
      };
      handlers[name] = (
        call: {request: Record<string, unknown>},
        reply: (error: object | null, value?: object) => void,
      ) => {
        calls.set(name, (calls.get(name) ?? 0) + 1);
        const given = answer(call.request);
        if (given === 'hang') return;
        if ('code' in given) reply(given);
        else reply(null, given);
      };
    }
    if (Object.keys(definition).length > 0) server.addService(definition, handlers);
  }
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${path}`, ServerCredentials.createInsecure(), error =>
      error ? reject(error) : resolve(),
    );
  });
  return {calls, stop: () => server.forceShutdown()};
}

/** The status of what has gone meanwhile. */
export const GONE = {code: status.NOT_FOUND, details: 'not found'};
