import {isRecord} from '../kube/shape.ts';
import type {MissingReason} from '../snapshot/evidence.ts';
import type {CollectorLine} from './lines.ts';
import {isNodeFile} from './node-file.ts';

const REASONS: ReadonlySet<unknown> = new Set([
  'unsupported',
  'denied',
  'timeout',
  'failed',
  'not-requested',
] satisfies MissingReason[]);

/**
 * Reads a line of the stream that answers `POST /v1/snapshot`. `undefined` where it is none: broken JSON, a file whose
 * name is no plain path. Fields of newer agents are left out, a reason that is not known here is `failed`.
 */
export function readCollectorLine(text: string): CollectorLine | undefined {
  const value = parse(text);
  if (!isRecord(value) || typeof value['key'] !== 'string') return undefined;
  const facts = {
    key: value['key'],
    tookMs: typeof value['tookMs'] === 'number' ? value['tookMs'] : 0,
    at: textOf(value['at']),
    source: textOf(value['source']),
  };
  const detail = textOf(value['detail']);
  const reason = readReason(value['reason']);
  if (value['ok'] !== true) return {...facts, ok: false, reason: reason ?? 'failed', detail};
  const {file, body, bytes} = value;
  if (typeof file !== 'string' || !isNodeFile(file) || typeof body !== 'string') return undefined;
  return {
    ...facts,
    ok: true,
    file,
    body,
    bytes: typeof bytes === 'number' ? bytes : 0,
    ...(reason !== undefined && {reason, detail}),
  };
}

function readReason(value: unknown): MissingReason | undefined {
  if (value === undefined || value === null) return undefined;
  // The set holds the reasons and nothing else.
  return REASONS.has(value) ? (value as MissingReason) : 'failed';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
