import {fields, flag, integer, text} from '../kube/shape.ts';
import type {Reader} from '../kube/shape.ts';
import type {ProbeError, ProbeWay} from '../protocol/probes/lines.ts';
import {PROBE_ERRORS, PROBE_WAYS} from '../protocol/probes/lines.ts';
import {maskSecrets} from '../redact/quoted.ts';
import type {MissingReason} from '../snapshot/evidence.ts';
import type {ProbeLoss} from './evidence.ts';
import type {Leg, PlanGap, Probe, ProbeResult, Protocol, Target, Vantage} from './types.ts';

/** Reads one word of a few. */
function oneOf<T extends string>(words: Readonly<Record<T, true>>): Reader<T> {
  // `hasOwn` has just found the word among them.
  return value => (typeof value === 'string' && Object.hasOwn(words, value) ? (value as T) : undefined);
}

const figure: Reader<number> = value =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
const masked: Reader<string> = value => (typeof value === 'string' ? maskSecrets(value) : undefined);
const yes: Reader<true> = value => (value === true ? true : undefined);

const leg = oneOf<Leg>({
  'node-to-pod': true,
  'pod-same-node': true,
  'pod-other-node': true,
  'cluster-ip': true,
  'host-cluster-ip': true,
  backend: true,
  'full-name': true,
  'short-name': true,
  'dns-vip': true,
  'dns-backend': true,
  'node-port': true,
  'api-server': true,
  'headless-name': true,
  host: true,
  'path-mtu': true,
  outbound: true,
});
const protocol = oneOf<Protocol>({
  tcp: true,
  http: true,
  https: true,
  'dns-udp': true,
  'dns-tcp': true,
  'path-mtu': true,
});
const os = oneOf({windows: true, linux: true});
const reason = oneOf<MissingReason>({
  unsupported: true,
  denied: true,
  timeout: true,
  failed: true,
  'not-requested': true,
});
const error: Reader<ProbeError> = value => PROBE_ERRORS.find(word => word === value);
const way: Reader<ProbeWay> = value => PROBE_WAYS.find(word => word === value);

const vantage = fields<Vantage>(
  {
    node: text,
    os,
    pod: fields<NonNullable<Vantage['pod']>>(
      {namespace: text, name: text, uid: text},
      {namespace: '', name: ''},
    ),
  },
  {node: '', os: 'windows'},
);

const target = fields<Target>(
  {
    host: text,
    port: integer,
    node: text,
    os,
    of: fields<Target['of']>({kind: text, namespace: text, name: text}, {kind: '', name: ''}),
  },
  {host: '', port: 0, of: {kind: '', name: ''}},
);

const probeFields = fields<Partial<Probe>>({
  id: text,
  leg,
  from: vantage,
  to: target,
  protocol,
  query: text,
  backend: text,
  tries: integer,
  byDesign: yes,
});

/** Reads a probe; `undefined` where it says not what is tried from where. */
export const probeShape: Reader<Probe> = (value, at, report) => {
  const read = probeFields(value, at, report);
  if (read?.id === undefined || !read.leg || !read.from || !read.to || !read.protocol) return undefined;
  const {id, leg: of, from, to, protocol: by} = read;
  return {...read, id, leg: of, from, to, protocol: by};
};

/** Reads what came of a probe. */
export const resultShape = fields<ProbeResult>(
  {
    probe: text,
    ok: flag,
    error,
    detail: masked,
    ms: figure,
    slowestMs: figure,
    passedBytes: integer,
    tries: integer,
    lost: integer,
    way,
    at: text,
  },
  {probe: '', ok: false, tries: 1, lost: 0, way: 'host', at: ''},
);

/** Reads what could not be planned. */
export const gapShape: Reader<PlanGap> = (value, at, report) => {
  const read = fields<Partial<PlanGap>>({leg, node: text, detail: masked})(value, at, report);
  return read?.leg && read.detail !== undefined ? {...read, leg: read.leg, detail: read.detail} : undefined;
};

/** Reads why probes of a node have no result. */
export const lossShape = fields<ProbeLoss>(
  {node: text, reason, detail: masked, probes: integer},
  {node: '', reason: 'failed', detail: '', probes: 0},
);

/** Head of a plan. */
export const headShape = fields<{nodes: number; chanceToMiss: number; probes: number; kind: string}>(
  {nodes: integer, chanceToMiss: figure, probes: integer, kind: text},
  {nodes: 0, chanceToMiss: 0, probes: 0, kind: ''},
);
