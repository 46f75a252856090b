/** One thing that a guide says, in our own words, and what becomes of it here. */
export interface GuideStatement {
  /** Number of the guide. */
  guide: '000' | '001' | '002' | '003' | '004';
  /** Its lines: `31`, `91-104`, `31, 91-104`. */
  lines: string;
  statement: string;
  /** Ids of the checks that hold it against a cluster or a manifest. */
  rules: readonly string[];
  /** `differs`: a rule covers it, and judges otherwise than the guide, as `note` says. */
  covered: 'check' | 'not-for-a-tool' | 'differs';
  note?: string;
}

type Row = readonly [lines: string, statement: string, rules: string, note?: string];

/** Rows of a guide that a check covers as they stand, or, with a `note` after `!`, otherwise. */
export function statementsOf(guide: GuideStatement['guide'], rows: readonly Row[]): GuideStatement[] {
  return rows.map(([lines, statement, rules, note]) => {
    const differs = note?.startsWith('!') ?? false;
    const ids = rules.split(' ').filter(rule => rule !== '');
    return {
      guide,
      lines,
      statement,
      rules: ids,
      covered: ids.length === 0 && !differs ? 'not-for-a-tool' : differs ? 'differs' : 'check',
      ...(note !== undefined && {note: note.replace(/^!\s*/, '')}),
    };
  });
}
