import type {CheckFacts} from '../checks/catalogue.ts';
import {columnsOf, cutTo, padTo} from '../report/columns.ts';
import type {ExplainOptions} from './check.ts';

const GAP = 2;

/** Draws a table of checks, in the order given: id, severity, evidence, title. Titles are cut at the terminal's width. */
export function listChecks(checks: readonly CheckFacts[], {palette, width}: ExplainOptions): string {
  const head = ['ID', 'SEVERITY', 'EVIDENCE', 'TITLE'] as const;
  const rows = checks.map(c => [c.id, c.severity, c.evidence.join(' '), c.title] as const);
  const columns = ([0, 1, 2] as const).map(
    i => GAP + Math.max(...[head, ...rows].map(row => columnsOf(row[i]))),
  );
  const [ids = 0, severities = 0, evidence = 0] = columns;
  const room = Math.max(20, width - ids - severities - evidence);
  const lines = rows.map(
    ([id, , kinds, title], i) =>
      palette.strong(padTo(id, ids)) +
      palette[checks[i]?.severity ?? 'info'](padTo(checks[i]?.severity ?? '', severities)) +
      palette.dim(padTo(kinds, evidence)) +
      cutTo(title, room),
  );
  const heading = padTo(head[0], ids) + padTo(head[1], severities) + padTo(head[2], evidence) + head[3];
  return `${[palette.dim(heading), ...lines].join('\n')}\n`;
}
