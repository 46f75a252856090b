/** A released version, without what distributions append. */
export interface Version {
  major: number;
  minor: number;
  patch: number;
}

/** Reads `v1.33.1-eks-1a2b3c4`, `1.7.20+azure`, `2.0`; `undefined` where it does not begin with two numbers. */
export function parseVersion(text: string | undefined): Version | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?/.exec(text ?? '');
  if (!match) return undefined;
  return {major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3] ?? 0)};
}

/** Below 0 where `a` is older than `b`, 0 where they are the same release. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** `1.33`, as release lines are named. */
export function minorOf(version: Version): string {
  return `${version.major}.${version.minor}`;
}

/** `1.33.1`. */
export function formatVersion({major, minor, patch}: Version): string {
  return `${major}.${minor}.${patch}`;
}

/** A fault of a release line and the releases that mended it, one for each line that was mended. */
export interface FaultyRange {
  /** First faulty release; from the beginning where absent. */
  introduced?: string;
  /** First good release of each mended line, ascending. */
  fixed: readonly string[];
}

/** Whether a version has a fault: its line was mended later, or is older than every line that was mended. */
export function isFaulty(version: Version, {introduced, fixed}: FaultyRange): boolean {
  const since = parseVersion(introduced);
  if (since && compareVersions(version, since) < 0) return false;
  const releases = fixed.map(parseVersion).filter(v => v !== undefined);
  const ofLine = releases.find(v => minorOf(v) === minorOf(version));
  if (ofLine) return compareVersions(version, ofLine) < 0;
  const [oldest] = releases;
  return oldest !== undefined && compareVersions(version, oldest) < 0;
}

/** The release to go to: the first good one of the same line, else of the oldest line that was mended. */
export function fixFor(version: Version, {fixed}: FaultyRange): string | undefined {
  return (
    fixed.find(f => minorOf(parseVersion(f) ?? version) === minorOf(version) && parseVersion(f)) ?? fixed[0]
  );
}
