import {compareVersions, minorOf, parseVersion} from '../kube/version.ts';
import type {Version} from '../kube/version.ts';

/**
 * containerd against Kubernetes, and when its release lines end:
 * https://github.com/containerd/containerd/blob/main/RELEASES.md.
 */
export const checkedAt = '2026-11-21';
export const RELEASES = 'https://containerd.io/releases/';

/** A release line; the day is the first without support. Where only a month is given, it is the first day after it. */
export interface ContainerdLine {
  line: string;
  endOfLife: string;
  /** Kept alive for one use (named in RELEASES.md), not for everybody. */
  limited?: true;
}

/** Ascending. */
export const CONTAINERD_LINES: readonly ContainerdLine[] = [
  {line: '1.3', endOfLife: '2021-03-04'},
  {line: '1.4', endOfLife: '2022-03-03'},
  {line: '1.5', endOfLife: '2023-02-28'},
  {line: '1.6', endOfLife: '2025-08-23'},
  {line: '1.7', endOfLife: '2026-10-01', limited: true},
  {line: '2.0', endOfLife: '2027-04-01', limited: true},
  {line: '2.1', endOfLife: '2026-07-03'},
  {line: '2.2', endOfLife: '2026-11-06'},
  {line: '2.3', endOfLife: '2028-04-30'},
];

/** The first releases of each line that are recommended for a Kubernetes minor. */
export interface ContainerdSupport {
  kubernetes: string;
  containerd: readonly string[];
}

/** Ascending. What stands below the first row is asked of it, too; what is above the last is held against the last. */
export const CONTAINERD_SUPPORT: readonly ContainerdSupport[] = [
  {kubernetes: '1.26', containerd: ['1.6.15', '1.7.0']},
  {kubernetes: '1.32', containerd: ['1.6.36', '1.7.24', '2.0.1', '2.1.0']},
  {kubernetes: '1.33', containerd: ['1.6.36', '1.7.24', '2.0.4', '2.1.0']},
  {kubernetes: '1.34', containerd: ['1.6.39', '1.7.28', '2.0.6', '2.1.3']},
  {kubernetes: '1.35', containerd: ['1.7.28', '2.1.5', '2.2.0']},
  {kubernetes: '1.36', containerd: ['2.2.0', '2.3.0']},
];

/** What a node says it runs containers with. */
export interface Runtime {
  /** `containerd`, `docker`, `cri-o`. */
  name: string;
  /** As the node prints it, with what distributions append. */
  text: string;
  /** Absent where it cannot be one of that runtime: OpenShift printed Go's version, others `Unknown`. */
  version?: Version;
}

/** containerd went from 1.7 to 2.0: a 1.19 is the version of something else. */
const LAST_OF_1 = 7;

/** Reads `containerd://1.7.20+azure`, `docker://20.10.24`, `containerd://2.1.6-k3s1`. */
export function parseRuntime(text: string | undefined): Runtime | undefined {
  const match = /^([a-z0-9-]+):\/\/(.*)$/.exec(text ?? '');
  if (!match) return undefined;
  const [, name = '', rest = ''] = match;
  const version = parseVersion(rest);
  const isJunk = name === 'containerd' && version?.major === 1 && version.minor > LAST_OF_1;
  return {name, text: rest, ...(version && !isJunk && {version})};
}

/** The release line of a version, where the table has it. */
export function containerdLine(version: Version): ContainerdLine | undefined {
  return CONTAINERD_LINES.find(row => row.line === minorOf(version));
}

/**
 * The releases that a Kubernetes version wants where this containerd is none of them; `undefined` where it is good. A line
 * newer than all that are listed is good: it came out later.
 */
export function missedSupport(containerd: Version, kubernetes: Version): ContainerdSupport | undefined {
  const row = CONTAINERD_SUPPORT.findLast(r => {
    const from = parseVersion(r.kubernetes);
    return from !== undefined && compareVersions({...kubernetes, patch: 0}, from) >= 0;
  });
  if (!row) return undefined;
  const floors = row.containerd.map(parseVersion).filter(v => v !== undefined);
  const ofLine = floors.find(v => minorOf(v) === minorOf(containerd));
  if (ofLine) return compareVersions(containerd, ofLine) < 0 ? row : undefined;
  const newest = floors.at(-1);
  return newest && compareVersions(containerd, newest) > 0 ? undefined : row;
}
