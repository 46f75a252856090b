/** What came of a step: how many tests, and the names of those that failed. */
export interface Result {
  passed: number;
  failed: number;
  skipped: number;
  failures: string[];
  /** What failed, and passed when it was run once more. */
  shaky: string[];
}

export function nothingYet(): Result {
  return {passed: 0, failed: 0, skipped: 0, failures: [], shaky: []};
}

/** Adds what came of a step, or of a file of it, to a sum. */
export function add(sum: Result, {passed, failed, skipped, failures, shaky}: Result): void {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  sum.failures.push(...failures);
  sum.shaky.push(...shaky);
}

/**
 * Counts one line of TAP (https://testanything.org/tap-version-13-specification.html) in `result`; answers whether a reader should see
 * it: tests that pass and TAP's own frame are left out.
 */
export function readTap(line: string, result: Result): boolean {
  const match = /^(ok|not ok) \d+ - (.*?)( # (?:SKIP|TODO).*)?$/.exec(line);
  if (!match) return !/^(TAP version|1\.\.|# |ok|$)/.test(line);
  const [, status, title = '', directive] = match;
  if (directive !== undefined) result.skipped++;
  else if (status === 'ok') result.passed++;
  else {
    result.failed++;
    result.failures.push(title);
    return true;
  }
  return false;
}
