import protobuf from 'protobufjs';
import type {JsonObject} from '../../src/cri/json.ts';
import {CONTAINERD_PROTOS} from './proto/containerd.ts';
import {RUNTIME_PROTO} from './proto/runtime.ts';

/** A call by its full name, with what turns its messages into bytes and back. */
export interface Rpc {
  /** `/runtime.v1.RuntimeService/Version`. */
  readonly path: string;
  readonly encode: (request: object) => Buffer;
  readonly decode: (bytes: Buffer) => JsonObject;
}

/** JSON as protobuf's own mapping prints it (https://protobuf.dev/programming-guides/json/): enums by name, 64 bits as text. */
const AS_JSON = {longs: String, enums: String, bytes: String, defaults: true} as const;

let root: protobuf.Root | undefined;

function schema(): protobuf.Root {
  if (root) return root;
  root = new protobuf.Root();
  for (const text of [RUNTIME_PROTO, ...CONTAINERD_PROTOS]) protobuf.parse(text, root);
  root.resolveAll();
  return root;
}

/** Looks a call up by the full name of its service and its own: `runtime.v1.RuntimeService`, `Version`. */
export function rpc(service: string, name: string): Rpc {
  const method = schema().lookupService(service).methods[name];
  if (!method) throw new Error(`${service} has no call ${name} here`);
  const request = schema().lookupType(`${packageOf(service)}.${method.requestType}`);
  const response = schema().lookupType(`${packageOf(service)}.${method.responseType}`);
  return {
    path: `/${service}/${name}`,
    encode: value => Buffer.from(request.encode(request.fromObject(value)).finish()),
    decode: bytes => withoutAbsent(response.toObject(response.decode(bytes), AS_JSON)),
  };
}

function packageOf(service: string): string {
  return service.slice(0, service.lastIndexOf('.'));
}

/** Drops the `null` of messages that were not sent, as protobuf's mapping does. */
function withoutAbsent(message: JsonObject): JsonObject {
  const whole: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(message)) if (value !== null) whole[key] = dropNulls(value);
  return whole;
}

function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropNulls);
  // Not null here, and protobufjs makes plain objects only.
  return typeof value === 'object' ? withoutAbsent(value as JsonObject) : value;
}
