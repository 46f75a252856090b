import {csvRow} from '../../text/csv.ts';
import {cutTo, padTo} from '../columns.ts';
import type {Palette} from '../palette.ts';
import {visible} from '../visible.ts';
import type {Cell, Matrix} from './matrix.ts';

const LABEL = 24;
const CELL = 3;

/** How many rows and columns a terminal of this width has room for. */
export function roomFor(width: number): number {
  return Math.max(2, Math.floor((width - LABEL - CELL - 1) / CELL));
}

/** A heat map: a dot works, a figure is the tenths that failed, an X failed wholly. It says the same without colours. */
export function matrixText({names, sizes, cells}: Matrix, palette: Palette): string {
  if (names.length === 0) return 'Nothing was tried between nodes.\n';
  const numbers = names.map((_, i) => String(i + 1).padStart(CELL)).join('');
  const lines = [
    `${palette.dim(padTo('from, down; to, across', LABEL + CELL + 1))}${numbers}`,
    ...cells.map((row, i) => {
      const size = (sizes[i] ?? 1) > 1 ? ` (${sizes[i]})` : '';
      const label = padTo(cutTo(visible(names[i] ?? ''), LABEL - size.length) + size, LABEL);
      return `${String(i + 1).padStart(CELL)} ${label}${row.map(cell => mark(cell, palette)).join('')}`;
    }),
    '',
    palette.dim('· works   1-9 tenths failed   X all failed   blank not tried'),
  ];
  return lines.map(line => `${line.trimEnd()}\n`).join('');
}

function mark({tried, failed}: Cell, palette: Palette): string {
  const sign = signOf(tried, failed).padStart(CELL);
  if (tried === 0) return sign;
  if (failed === 0) return palette.good(sign);
  return failed === tried ? palette.error(sign) : palette.warning(sign);
}

function signOf(tried: number, failed: number): string {
  if (tried === 0) return '';
  if (failed === 0) return '·';
  return failed === tried ? 'X' : String(Math.min(9, Math.max(1, Math.round((10 * failed) / tried))));
}

/** The same as CSV, a pair a line. */
export function matrixCsv({names, cells}: Matrix): string {
  const rows = cells.flatMap((row, i) =>
    row.flatMap((cell, j) =>
      cell.tried === 0
        ? []
        : [[names[i] ?? '', names[j] ?? '', String(cell.tried), String(cell.failed), cell.ms.toFixed(1)]],
    ),
  );
  return [['FROM', 'TO', 'TRIED', 'FAILED', 'SLOWEST MS'], ...rows]
    .map(row => csvRow(row.map(visible)))
    .join('');
}
