/** One replacement in a text. */
export interface Edit {
  readonly start: number;
  /** Behind the last character that is replaced. */
  readonly end: number;
  readonly by: string;
  /** Name of the rule, for the report. */
  readonly rule: string;
}

/** How often each rule found something. */
export type Counts = Map<string, number>;

/** A text after redaction. */
export interface Redacted {
  text: string;
  counts: Counts;
}

/** Counts one more find of a rule, or several. */
export function count(counts: Counts, rule: string, times = 1): void {
  counts.set(rule, (counts.get(rule) ?? 0) + times);
}

/** Adds counts to others. */
export function addCounts(to: Counts, from: ReadonlyMap<string, number>): void {
  for (const [rule, times] of from) count(to, rule, times);
}

/** Applies edits, which are sorted and do not overlap, to a text, and counts them. */
export function applyEdits(text: string, edits: readonly Edit[], counts: Counts): string {
  if (edits.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const {start, end, by, rule} of edits) {
    parts.push(text.slice(at, start), by);
    at = end;
    count(counts, rule);
  }
  parts.push(text.slice(at));
  return parts.join('');
}
