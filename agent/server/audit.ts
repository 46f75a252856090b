import {writeSync} from 'node:fs';

/** One line of the agent's log. It never holds a key, a signature, a nonce or what was collected. */
export interface AuditEntry {
  readonly event: string;
  readonly [field: string]: string | number | boolean | undefined | readonly string[];
}

export type Audit = (entry: AuditEntry) => void;

const STDERR = 2;

/**
 * Writes a JSON line to standard error, which is the container's log. Written synchronously to the descriptor, because the
 * streams of Node are not to be had on every pipe of Windows, and because the last line of a program that ends must get out.
 */
export const auditToStderr: Audit = entry => {
  try {
    writeSync(STDERR, `${JSON.stringify({at: new Date().toISOString(), ...entry})}\n`);
  } catch {
    // Nobody reads the log, or its disk is full; the agent serves on.
  }
};

const QUIET_MS = 10_000;

/** Passes on one entry in ten seconds with the number of those between, so that a stranger cannot fill a disk with refusals. */
export function sparing(audit: Audit, now: () => number): Audit {
  let next = 0;
  let left = 0;
  return entry => {
    if (now() < next) {
      left++;
      return;
    }
    audit(left > 0 ? {...entry, alsoRefused: left} : entry);
    next = now() + QUIET_MS;
    left = 0;
  };
}
