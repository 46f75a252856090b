import type {ProbeError, ProbeLine} from '../../../src/protocol/probes/lines.ts';

/** What came of an order, but for what every line says. */
export type Outcome = Omit<ProbeLine, 'id' | 'way' | 'at'>;

/** Why a try failed. */
export interface Failure {
  readonly error: ProbeError;
  /** One clause: what the operating system or the server said. */
  readonly detail?: string;
}

/** An order that was not tried, or that ended before its first connection. */
export function untried(error: ProbeError, detail: string): Outcome {
  return {ok: false, error, detail, tries: []};
}

/** What the operating system says, as a word. */
const BY_CODE: Readonly<Record<string, ProbeError>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  // Rules that reject with "administratively prohibited".
  EACCES: 'unreachable',
  EPERM: 'unreachable',
};

/** Reads an error of a socket. */
export function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return {error: BY_CODE[code] ?? 'failed', detail: code};
}
