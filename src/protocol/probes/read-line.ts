import {fields, flag, integer, isRecord, list, text} from '../../kube/shape.ts';
import type {Reader} from '../../kube/shape.ts';
import type {DnsAnswer, HttpAnswer, Listening, MtuAnswer, ProbeLine, ProbeTry} from './lines.ts';
import {PROBE_ERRORS, PROBE_WAYS} from './lines.ts';

/**
 * Reads a line of the stream that answers `POST /v1/probes`. `undefined` where it is none, or was got in an unknown way. Fields of newer agents are left out,
 * an error that is not known here is `failed`.
 */
export function readProbeLine(line: string): ProbeLine | undefined {
  const value = parse(line);
  if (!isRecord(value)) return undefined;
  const read = readFields(value, '', undefined);
  const isLine = read !== undefined && read.id !== '' && PROBE_WAYS.some(way => way === value['way']);
  return isLine ? read : undefined;
}

const number: Reader<number> = value =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

const errorWord: Reader<(typeof PROBE_ERRORS)[number]> = value =>
  typeof value === 'string' ? (PROBE_ERRORS.find(word => word === value) ?? 'failed') : undefined;

const readFields = fields<ProbeLine>(
  {
    id: text,
    ok: flag,
    way: value => PROBE_WAYS.find(way => way === value),
    error: errorWord,
    detail: text,
    tries: list(fields<ProbeTry>({ms: number, error: errorWord}, {ms: 0})),
    address: text,
    http: fields<HttpAnswer>({status: integer, certificate: text}, {status: 0}),
    dns: list(
      fields<DnsAnswer>(
        {
          server: text,
          name: text,
          rcode: text,
          addresses: list(text),
          truncated: value => (value === true ? true : undefined),
          ms: number,
        },
        {server: '', name: '', addresses: [], ms: 0},
      ),
    ),
    mtu: fields<MtuAnswer>({arrives: integer, lost: integer}, {arrives: 0}),
    listening: fields<Listening>({port: integer}, {port: 0}),
    at: text,
  },
  {id: '', ok: false, way: 'host', tries: [], at: ''},
);

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
