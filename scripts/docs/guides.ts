import {CHECKS} from '../../src/checks/index.ts';
import {GUIDE_STATEMENTS} from '../../src/guides/statements.ts';
import {table} from './markdown.ts';

/** What public guides say of Windows on Kubernetes, and which rule checks each statement. */
export function guideTable(): string {
  const rows = GUIDE_STATEMENTS.map(s => [
    s.guide,
    s.lines,
    s.statement,
    s.rules.map(shown).join(', '),
    s.covered,
    s.note ?? '',
  ]);
  return [
    '# Guides\n',
    'What guides advise for Windows on Kubernetes, statement by statement, and the rule that checks it. Where a guide is wrong or out of date, the note says what the tool does instead.\n',
    'A rule in italics needs node agents or probes, which this version does not have yet.\n',
    table(['guide', 'lines', 'statement', 'rules', 'covered', 'note'], rows),
  ].join('\n');
}

const known = new Set(CHECKS.map(c => c.id));

function shown(id: string): string {
  return known.has(id) ? id : `*${id}*`;
}
