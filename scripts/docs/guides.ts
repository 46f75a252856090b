import {GUIDE_STATEMENTS} from '../../src/guides/statements.ts';
import {table} from './markdown.ts';

/** What public guides say of Windows on Kubernetes, and which rule checks each statement. */
export function guideTable(): string {
  const rows = GUIDE_STATEMENTS.map(s => [
    s.guide,
    s.lines,
    s.statement,
    s.rules.join(', '),
    s.covered,
    s.note ?? '',
  ]);
  return [
    '# Guides\n',
    'What guides advise for Windows on Kubernetes, statement by statement, and the rule that checks it. Where a guide is wrong or out of date, the note says what the tool does instead.\n',
    table(['guide', 'lines', 'statement', 'rules', 'covered', 'note'], rows),
  ].join('\n');
}
