import {columnsOf, padTo} from '../report/columns.ts';
import {csvRow} from '../text/csv.ts';
import {visible} from '../report/visible.ts';
import type {Column, Inventory, Listing} from './list.ts';

/** A table as kubectl prints one: titles in capitals, three spaces between columns. */
export function tableOf<T>({items}: Inventory<T>, {columns}: Listing<T>, wide: boolean): string {
  const shown: Column<T>[] = columns.filter(c => wide || !c.wide);
  const rows = [shown.map(c => c.title), ...items.map(item => shown.map(c => visible(c.cell(item)) || '-'))];
  const widths = shown.map((_, at) =>
    rows.reduce((most, row) => Math.max(most, columnsOf(row[at] ?? '')), 0),
  );
  return rows
    .map(
      row =>
        `${row
          .map((cell, at) => padTo(cell, widths[at] ?? 0))
          .join('   ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** The same as CSV, every column of it. */
export function csvOf<T>({items}: Inventory<T>, {columns}: Listing<T>): string {
  const rows = [columns.map(c => c.title), ...items.map(item => columns.map(c => visible(c.cell(item))))];
  return rows.map(csvRow).join('');
}

/** `2.5 GB`, as registries and `crictl` count. */
export function bytes(size: number | null): string {
  if (size === null) return '-';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
