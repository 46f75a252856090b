import {stringify} from 'yaml';
import {endpointListing} from '../../../src/inventory/hns/endpoints.ts';
import {loadBalancerListing} from '../../../src/inventory/hns/load-balancers.ts';
import {namespaceListing} from '../../../src/inventory/hns/namespaces.ts';
import {networkListing} from '../../../src/inventory/hns/networks.ts';
import type {HnsChoice} from '../../../src/inventory/hns/selection.ts';
import {VIEW_KEYS} from '../../../src/inventory/hns/view.ts';
import type {Inventory} from '../../../src/inventory/list.ts';
import {lackOf} from '../../../src/inventory/list.ts';
import type {NodeListing} from '../../../src/inventory/node-rows.ts';
import {NodeRows} from '../../../src/inventory/node-rows.ts';
import {csvOf, tableOf} from '../../../src/inventory/table.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {visibleJson} from '../../../src/report/visible.ts';
import type {InventoryRun} from '../inventory.ts';
import type {ReadFlags} from '../read-snapshot.ts';
import {scopeOf} from '../read-snapshot.ts';
import {writeResult} from '../result.ts';
import type {ChoiceFlags} from './choice.ts';
import {choiceOf, withScope} from './choice.ts';
import {readHns} from './read.ts';

/** Flags of the commands that list what HNS has. */
export interface HnsListFlags extends ReadFlags, ChoiceFlags {
  output: 'text' | 'wide' | 'json' | 'yaml' | 'csv';
}

/** Lists the networks of HNS; answers with the exit code. */
export async function listNetworks(flags: HnsListFlags, run: InventoryRun): Promise<number> {
  return show(networkListing, flags, run);
}

/** Lists the endpoints of HNS; answers with the exit code. */
export async function listEndpoints(flags: HnsListFlags, run: InventoryRun): Promise<number> {
  return show(endpointListing, flags, run);
}

/** Lists the namespaces of HNS; answers with the exit code. */
export async function listNamespaces(flags: HnsListFlags, run: InventoryRun): Promise<number> {
  return show(namespaceListing, flags, run);
}

/** Lists the load balancers of HNS; answers with the exit code. */
export async function listLoadBalancers(flags: HnsListFlags, run: InventoryRun): Promise<number> {
  return show(loadBalancerListing, flags, run);
}

async function show<T>(
  listingOf: (choice: HnsChoice) => NodeListing<T>,
  flags: HnsListFlags,
  {signal, note}: InventoryRun,
): Promise<number> {
  const choice = choiceOf(flags);
  const scope = scopeOf(flags);
  const rows = new NodeRows(api => listingOf(withScope(choice, scope, api)), VIEW_KEYS);
  const {snapshot, notes, nodes} = await readHns(flags, {keys: VIEW_KEYS, signal, visitor: rows});
  for (const text of notes) note(text);
  const {list, listing} = rows.inventory(snapshot, nodes);
  await writeResult(render(list, listing, flags.output), undefined);
  const lack = flags.output === 'json' || flags.output === 'yaml' ? undefined : lackOf(list);
  if (lack !== undefined) note(lack);
  return EXIT.ok;
}

function render<T>(list: Inventory<T>, listing: NodeListing<T>, output: HnsListFlags['output']): string {
  switch (output) {
    case 'json':
      return visibleJson(`${JSON.stringify(list, undefined, 2)}\n`);
    case 'yaml':
      return stringify(list);
    case 'csv':
      return csvOf(list, listing);
    case 'text':
    case 'wide':
      return tableOf(list, listing, output === 'wide');
    default:
      return output satisfies never;
  }
}
