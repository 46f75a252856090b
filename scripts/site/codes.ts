import {hexOf} from '../../src/data/code-number.ts';
import type {CodeRow} from '../../src/data/code-row.ts';
import {ERRORS} from '../../src/data/errors.ts';
import {HCN_CODES} from '../../src/data/hcn-codes.ts';
import {HCS_CODES} from '../../src/data/hcs-codes.ts';
import {EXIT_CODES} from '../../src/data/ntstatus.ts';
import {WIN32_CODES} from '../../src/data/win32-codes.ts';
import {table} from '../docs/markdown.ts';

/** HRESULTs, Win32 errors and exit codes, as Markdown. */
export function codePage(): string {
  return [
    '# Codes',
    '`kubectl win explain CODE` reads them in any notation: `0x803b0013`, `-2143617005`, `2151350291`.',
    '## HNS (HCN)',
    rows(HCN_CODES),
    '## Containers (HCS)',
    rows(HCS_CODES),
    '## Win32',
    rows(WIN32_CODES),
    '## Exit codes of containers',
    table(
      ['code', 'signed', 'name', 'means'],
      EXIT_CODES.map(({code, name, meaning}) => [
        `\`${hexOf(code)}\``,
        String(code | 0),
        `\`${name}\``,
        meaning,
      ]),
    ),
  ].join('\n\n');
}

function rows(codes: readonly CodeRow[]): string {
  return table(
    ['code', 'name', 'means', 'on Windows nodes'],
    codes.map(([code, name, meaning, cause = '']) => [`\`${hexOf(code)}\``, `\`${name}\``, meaning, cause]),
  );
}

/** Texts that events, conditions and logs of Windows nodes carry, as Markdown. */
export function errorPage(): string {
  const parts = ERRORS.map(({title, meaning, where, remedy, links}) =>
    [
      `## ${title}`,
      meaning,
      `Seen in: ${where.join(', ')}.`,
      remedy.map(step => `- ${step}`).join('\n'),
      links.map(url => `<${url}>`).join(' '),
    ].join('\n\n'),
  );
  return [
    '# Errors',
    `${ERRORS.length} errors of Windows nodes that doctor knows by their text.`,
    ...parts,
  ].join('\n\n');
}
