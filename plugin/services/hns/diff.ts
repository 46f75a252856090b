import {stringify} from 'yaml';
import type {HnsDifference} from '../../../src/inventory/hns/diff.ts';
import {DIFF_KEYS, hnsDifferences} from '../../../src/inventory/hns/diff.ts';
import type {Listing} from '../../../src/inventory/list.ts';
import {inventory, lackOf} from '../../../src/inventory/list.ts';
import {csvOf, tableOf} from '../../../src/inventory/table.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visibleJson} from '../../../src/report/visible.ts';
import {UserError} from '../../errors.ts';
import type {InventoryRun} from '../inventory.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {writeResult} from '../result.ts';
import {readHns} from './read.ts';

/** Flags of `hns diff`. */
export interface DiffFlags extends ReadFlags {
  output: 'text' | 'json' | 'yaml' | 'csv';
}

/** Shows what two nodes have otherwise that should be alike; answers with the exit code. */
export async function diffNodes(
  [first, second]: readonly [string, string],
  flags: DiffFlags,
  {signal, note}: InventoryRun,
): Promise<number> {
  if (first === second) {
    throw new UserError('a node is like itself', {
      code: 'bad-argument',
      fix: ['name two nodes: `kubectl win hns diff win-1 win-2`'],
      exitCode: EXIT.usage,
    });
  }
  const {snapshot, notes} = await readHns({...flags, node: [first, second]}, {keys: DIFF_KEYS, signal});
  for (const text of notes) note(text);
  const listing: Listing<HnsDifference> = {
    kind: 'HnsDifferenceList',
    keys: DIFF_KEYS,
    items: read => hnsDifferences(read, first, second),
    columns: [
      {title: 'WHAT', cell: d => d.what},
      {title: 'NAME', cell: d => d.name},
      {title: 'FIELD', cell: d => d.field},
      {title: first, cell: d => d.values[0] ?? ''},
      {title: second, cell: d => d.values[1] ?? ''},
    ],
  };
  const list = {...inventory(snapshot, listing, new Set([first, second])), nodes: [first, second]};
  const {output} = flags;
  if (output === 'json') await writeResult(visibleJson(`${JSON.stringify(list, undefined, 2)}\n`), undefined);
  else if (output === 'yaml') await writeResult(stringify(list), undefined);
  else if (output === 'csv') await writeResult(csvOf(list, listing), undefined);
  else if (list.items.length > 0) await writeResult(tableOf(list, listing, false), undefined);
  else await writeResult(`${first} and ${second} are alike in all that was seen of both\n`, undefined);
  const lack = output === 'json' || output === 'yaml' ? undefined : lackOf(list);
  if (lack !== undefined) note(lack);
  return EXIT.ok;
}
