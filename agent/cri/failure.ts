import {status} from '@grpc/grpc-js';
import type {ServiceError} from '@grpc/grpc-js';
import {CollectError} from '../collect/collector.ts';
import type {MissingReason} from '../../src/snapshot/evidence.ts';

/** What the operating system says when a pipe or socket does not open, and what that means. */
const SOCKET_WORDS: Readonly<Record<string, readonly [MissingReason, string]>> = {
  ENOENT: ['failed', 'is not there: the runtime does not run'],
  ECONNREFUSED: ['failed', 'is left over from a runtime that ended: nothing listens'],
  ENOTSOCK: ['failed', 'is no socket'],
  EACCES: ['denied', 'refuses this user: the agent must run as SYSTEM or root'],
  EPERM: ['denied', 'refuses this user: the agent must run as SYSTEM or root'],
  EBUSY: ['failed', 'is busy: all its instances are taken'],
  ECONNRESET: ['failed', 'closed the connection: the runtime is ending'],
  EAGAIN: ['failed', 'is busy: its queue of connections is full'],
};

/** Says why a pipe or socket did not open. */
export function unreachable(path: string, error: unknown): CollectError {
  // Node's socket errors carry a code.
  const {code = String(error)} = error as NodeJS.ErrnoException;
  return socketFailure(path, code, error);
}

function socketFailure(path: string, code: string, cause: unknown): CollectError {
  const [reason, words] = SOCKET_WORDS[code] ?? ['failed', `does not open (${code})`];
  return new CollectError(reason, `${path} ${words}`, cause);
}

/** Says that a pipe or socket neither opened nor refused. */
export function silent(path: string, ms: number): CollectError {
  return new CollectError('timeout', `${path} did not take the connection within ${ms} ms`);
}

/** Says what became of a call. The runtime's own words are kept to one line. */
export function callFailure(call: string, path: string, error: ServiceError): CollectError {
  const code = /connect (E[A-Z]+)/.exec(error.details)?.[1];
  if (error.code === status.UNAVAILABLE && code !== undefined) return socketFailure(path, code, error);
  const [reason, words] = CALL_WORDS.get(error.code) ?? ['failed', ''];
  const said = OF_THIS_SIDE.has(error.code) ? '' : error.details.replaceAll(/\s+/g, ' ').slice(0, MAX_WORDS);
  const what = `${call} at ${path}${words && ` ${words}`}`;
  return new CollectError(reason, said === '' ? what : `${what}: ${said}`, error);
}

/** Says that nobody waits for a call any more. */
export function abandoned(call: string, path: string): CollectError {
  return new CollectError('timeout', `${call} at ${path} was not asked any more: the time was over`);
}

/** States that gRPC makes itself; its words tell how it spent the time. */
const OF_THIS_SIDE: ReadonlySet<status> = new Set([status.DEADLINE_EXCEEDED, status.CANCELLED]);

const CALL_WORDS: ReadonlyMap<status, readonly [MissingReason, string]> = new Map([
  [status.UNIMPLEMENTED, ['unsupported', 'is not known there']],
  [status.PERMISSION_DENIED, ['denied', 'was refused']],
  [status.UNAUTHENTICATED, ['denied', 'was refused']],
  [status.DEADLINE_EXCEEDED, ['timeout', 'was not answered in time']],
  [status.CANCELLED, ['timeout', 'was ended before it was answered']],
  [status.RESOURCE_EXHAUSTED, ['failed', 'has too large an answer']],
]);
const MAX_WORDS = 300;

/** Whether what was asked about has gone meanwhile. */
export function isGone(error: unknown): boolean {
  return error instanceof CollectError && codeOfCall(error) === status.NOT_FOUND;
}

function codeOfCall({cause}: CollectError): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** Whether nobody answered at all: the next question will not be answered either. */
export function isLost(error: CollectError): boolean {
  return error.reason === 'timeout' || codeOfCall(error) === status.UNAVAILABLE;
}

/** Whether the runtime has no such call. */
export function isUnsupported(error: unknown): boolean {
  return error instanceof CollectError && error.reason === 'unsupported';
}
