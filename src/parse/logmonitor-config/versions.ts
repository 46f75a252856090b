import type {LogFamily} from '../../logs/record.ts';
import {LOG_FAMILIES} from '../../logs/record.ts';

/** Families of LogMonitor from one to another, both included. */
export interface Versions {
  from: LogFamily;
  to: LogFamily;
}

export const ALL_VERSIONS: Versions = {from: '1', to: '2.2'};

/** Whether a fault of some versions (all where absent) may meet others. */
export function overlap(fault: Versions = ALL_VERSIONS, seen: Versions): boolean {
  return rank(fault.from) <= rank(seen.to) && rank(seen.from) <= rank(fault.to);
}

/** Whether all of some versions are among others. */
export function within(seen: Versions, fault: Versions = ALL_VERSIONS): boolean {
  return rank(fault.from) <= rank(seen.from) && rank(seen.to) <= rank(fault.to);
}

/**
 * The versions that may run where a program calls itself so and its output shows at least these families. Programs of 2.1.2 to
 * 2.2.1 call themselves 2.1.1 (version.h was not raised), so only their output tells them apart.
 */
export function versionsSeen(fileVersion: string | undefined, families: readonly LogFamily[]): Versions {
  const named = ofFileVersion(fileVersion);
  const shown = families.toSorted((a, b) => rank(b) - rank(a))[0];
  if (shown === undefined) return named;
  // What 1.x prints, nothing newer does; of the others the output shows the oldest that it may be.
  const seen: Versions = {from: shown, to: shown === '1' ? '1' : '2.2'};
  if (!overlap(named, seen)) return seen;
  return {
    from: rank(seen.from) > rank(named.from) ? seen.from : named.from,
    to: rank(seen.to) < rank(named.to) ? seen.to : named.to,
  };
}

function ofFileVersion(version: string | undefined): Versions {
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  if (major === '1') return {from: '1', to: '1'};
  if (major === '2' && minor === '0') return {from: '2.0', to: '2.0'};
  if (major === '2' && minor === '1') return {from: '2.1', to: patch === '0' ? '2.1' : '2.2'};
  return ALL_VERSIONS;
}

function rank(family: LogFamily): number {
  return LOG_FAMILIES.indexOf(family);
}
