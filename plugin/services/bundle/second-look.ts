import type {Suspicion} from '../../../src/checks/confirm.ts';
import {jsonText} from '../../../src/bundle/own-files.ts';
import {SECOND_LOOK, secondPath} from '../../../src/bundle/second-look.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {collectorsFor} from '../../../src/node/evidence.ts';
import {ObjectWriter} from '../../bundle/objects.ts';
import type {Spool} from '../../bundle/spool.ts';
import {loadLive} from '../../kube/load-live.ts';
import type {StatusLine} from '../../terminal.ts';
import {waitToLook} from '../look-again.ts';
import type {NodesOptions} from './nodes.ts';
import {writeNodes} from './nodes.ts';

/** A second look at what the first one made suspect. */
export interface SecondLookOptions extends Omit<NodesOptions, 'collectors' | 'names' | 'spool' | 'progress'> {
  suspicion: Suspicion;
  afterMs: number;
  spool: Spool;
  status: StatusLine;
}

/** Waits, and puts down beside the first look what suspected nodes and the API say now; answers what is missing of it. */
export async function writeSecondLook({
  suspicion: {nodes, keys},
  afterMs,
  spool,
  status,
  ...reading
}: SecondLookOptions): Promise<ManifestGap[]> {
  const {access, scope, signal} = reading;
  await waitToLook({status, nodes: nodes.size, afterMs, signal});
  const shelf = spool.under(secondPath);
  const objects = new ObjectWriter(shelf);
  status.show('looking again');
  const {source} = await loadLive({...scope, access, signal, keys, raw: objects});
  objects.end();
  const gaps = await writeNodes({
    ...reading,
    scope: {...scope, nodes: [...nodes]},
    names: nodes,
    collectors: collectorsFor(keys),
    spool: shelf,
    progress: text => status.show(`looking again: ${text}`),
  });
  // Half a look settles nothing.
  signal.throwIfAborted();
  spool.file(SECOND_LOOK, jsonText({at: source.collectedAt}), {source: 'kubectl win'});
  return gaps.map(gap => ({...gap, what: 'secondLook'}));
}
