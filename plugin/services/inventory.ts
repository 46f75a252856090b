import {stringify} from 'yaml';
import {NodeJudge} from '../../src/checks/by-node.ts';
import type {ImageItem} from '../../src/inventory/images.ts';
import {IMAGE_LISTING, usedImages} from '../../src/inventory/images.ts';
import type {Inventory, Listing} from '../../src/inventory/list.ts';
import {inventory, lackOf} from '../../src/inventory/list.ts';
import {NODE_CHECKS, NODE_LISTING, nodeItems, nodeListKeys} from '../../src/inventory/nodes.ts';
import type {NodeItem} from '../../src/inventory/nodes.ts';
import {RUNTIME_LISTING} from '../../src/inventory/runtime.ts';
import {tableOf} from '../../src/inventory/table.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import {EXIT} from '../../src/report/exit.ts';
import {visibleJson} from '../../src/report/visible.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {JudgingVisitor} from './judging-visitor.ts';
import type {ReadFlags} from './read-snapshot.ts';
import {readSnapshot, scopeOf} from './read-snapshot.ts';
import {writeResult} from './result.ts';

/** Flags of `nodes`, `images` and `runtime`. */
export interface InventoryFlags extends ReadFlags {
  output: 'text' | 'wide' | 'json' | 'yaml';
  now?: string | undefined;
}

/** What a run of these commands needs beside its flags. */
export interface InventoryRun {
  signal: AbortSignal;
  /** Says something that is no result. */
  note: (text: string) => void;
}

/** Lists the Windows nodes; answers with the exit code. */
export async function listNodes(flags: InventoryFlags, run: InventoryRun): Promise<number> {
  const asked = (read: Snapshot): Snapshot => ({...read, now: flags.now ?? read.now});
  const judging = new JudgingVisitor(new NodeJudge(NODE_CHECKS, 'support'), {asked, chosen: () => undefined});
  const own = new Set<string>(NODE_LISTING.keys);
  const visitor: NodeVisitor = {
    // What the table itself shows stays.
    letGo: new Set([...judging.letGo].filter(key => !own.has(key))),
    begin: api => judging.begin(api),
    node: (name, evidence) => judging.node(name, evidence),
  };
  const items = (snapshot: Snapshot): NodeItem[] => nodeItems(snapshot, judging.judge.judgement(snapshot));
  return show({...NODE_LISTING, items}, flags, {...run, keys: nodeListKeys(), visitor});
}

/** Lists the images of Windows nodes, with `-n` or `-l` those that the pods chosen use; answers with the exit code. */
export async function listImages(flags: InventoryFlags, run: InventoryRun): Promise<number> {
  const chosen = flags.namespace !== undefined || flags.selector !== undefined;
  const items = (snapshot: Snapshot): ImageItem[] => {
    const all = IMAGE_LISTING.items(snapshot);
    return chosen ? usedImages(snapshot, all) : all;
  };
  return show({...IMAGE_LISTING, items}, flags, {...run, keys: new Set(IMAGE_LISTING.keys)});
}

/** Lists the container runtimes of Windows nodes; answers with the exit code. */
export async function listRuntimes(flags: InventoryFlags, run: InventoryRun): Promise<number> {
  return show(RUNTIME_LISTING, flags, {...run, keys: new Set(RUNTIME_LISTING.keys)});
}

async function show<T>(
  listing: Listing<T>,
  flags: InventoryFlags,
  {signal, note, keys, visitor}: InventoryRun & {keys: ReadonlySet<EvidenceKey>; visitor?: NodeVisitor},
): Promise<number> {
  // Namespaces tell whether one that was named is there.
  const wanted = new Set<EvidenceKey>([...keys, 'namespaces']);
  const {snapshot, notes} = await readSnapshot(flags, {
    scope: scopeOf(flags),
    keys: wanted,
    signal,
    ...(visitor && {visitor}),
  });
  for (const text of notes) note(text);
  const list = inventory({...snapshot, now: flags.now ?? snapshot.now}, listing);
  await writeResult(render(list, listing, flags.output), undefined);
  const lack = flags.output === 'json' || flags.output === 'yaml' ? undefined : lackOf(list);
  if (lack !== undefined) note(lack);
  return EXIT.ok;
}

function render<T>(list: Inventory<T>, listing: Listing<T>, output: InventoryFlags['output']): string {
  if (output === 'json') return visibleJson(`${JSON.stringify(list, undefined, 2)}\n`);
  if (output === 'yaml') return stringify(list);
  return tableOf(list, listing, output === 'wide');
}
