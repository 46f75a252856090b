import {fields, flag, integer, isRecord, list, text} from '../kube/shape.ts';
import type {Fields} from '../kube/shape.ts';
import type {ErrorAnswer} from './routes.ts';
import type {AgentOs} from './names.ts';

/** Version of this protocol; an agent and a plugin talk when they share one. */
export const PROTOCOL_VERSION = 1;

/** Answer of `GET /v1/healthz`, the only one that needs no signature. It is what a client needs to sign. */
export interface Health {
  readonly status: 'ok';
  readonly node: string;
  readonly os: AgentOs;
  /** Hexadecimal digits, anew each time an agent starts. */
  readonly boot: string;
  /** Milliseconds since 1970 by the agent's clock, which never jumps: it is set when the agent starts. */
  readonly now: number;
}

/** Answer of `GET /v1/version`. */
export interface AgentVersion {
  readonly version: string;
  /** Version of Node.js. */
  readonly runtime: string;
  readonly os: AgentOs;
  /** `x64`, `arm64`. */
  readonly architecture: string;
}

/** Answer of `GET /v1/capabilities`: what this agent understands and can do. */
export interface Capabilities {
  readonly protocol: {readonly oldest: number; readonly newest: number};
  readonly os: AgentOs;
  /** Collectors that it has. */
  readonly collectors: readonly string[];
  /** Kinds of probes that it runs. */
  readonly probes: readonly string[];
  /** Whether it applies redaction rules of a request (`rules`, `pseudonymKey`). */
  readonly redactionRules: boolean;
  readonly limits: AgentLimits;
}

/** What an agent allows; beyond it answers with an error in words. */
export interface AgentLimits {
  /** Snapshots at a time. */
  readonly snapshots: number;
  /** Logs read at a time. */
  readonly logs: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
}

const readOs = (value: unknown): AgentOs | undefined =>
  value === 'windows' || value === 'linux' ? value : undefined;

/** Reads an answer of `/v1/healthz`; `undefined` where it is none. */
export function readHealth(value: unknown): Health | undefined {
  if (!isRecord(value)) return undefined;
  const {status, node, boot, now} = value;
  const os = readOs(value['os']);
  if (status !== 'ok' || typeof node !== 'string' || os === undefined) return undefined;
  if (typeof boot !== 'string' || !/^[0-9a-f]{8,64}$/.test(boot)) return undefined;
  return typeof now === 'number' && Number.isSafeInteger(now) && now >= 0
    ? {status, node, os, boot, now}
    : undefined;
}

/** Reads an answer of `/v1/version`; `undefined` where it is none. */
export function readVersion(value: unknown): AgentVersion | undefined {
  if (!isRecord(value)) return undefined;
  const os = readOs(value['os']);
  const {version, runtime, architecture} = value;
  if (typeof version !== 'string' || os === undefined) return undefined;
  return {
    version,
    os,
    runtime: typeof runtime === 'string' ? runtime : '',
    architecture: typeof architecture === 'string' ? architecture : '',
  };
}

const PROTOCOL: Fields<Capabilities['protocol']> = {oldest: integer, newest: integer};
const LIMITS: Fields<AgentLimits> = {snapshots: integer, logs: integer, bodyBytes: integer};

const readCapabilityFields = fields<Capabilities>(
  {
    protocol: fields(PROTOCOL, {oldest: 1, newest: 1}),
    os: readOs,
    collectors: list(text),
    probes: list(text),
    redactionRules: flag,
    limits: fields(LIMITS, {snapshots: 1, logs: 1, bodyBytes: 0}),
  },
  {
    protocol: {oldest: 1, newest: 1},
    collectors: [],
    probes: [],
    redactionRules: false,
    limits: {snapshots: 1, logs: 1, bodyBytes: 0},
  },
);

/** Reads an answer of `/v1/capabilities`; what an older agent does not say is taken as the least. */
export function readCapabilities(value: unknown): Capabilities | undefined {
  const read = readCapabilityFields(value, '', undefined);
  return read?.os === undefined ? undefined : read;
}

/** Reads the body of an answer that is not 2xx; `undefined` where something else than an agent answered. */
export function readErrorAnswer(value: unknown): ErrorAnswer | undefined {
  if (!isRecord(value)) return undefined;
  const {error, detail} = value;
  return typeof error === 'string' && typeof detail === 'string' ? {error, detail} : undefined;
}
