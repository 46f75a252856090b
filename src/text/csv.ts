/** What a spreadsheet takes for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;
/** RFC 4180. */
const END = '\r\n';

/** A line of CSV (RFC 4180). A text that a spreadsheet would run gets an apostrophe before it. */
export function csvRow(cells: readonly string[]): string {
  return cells.map(cell).join(',') + END;
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
