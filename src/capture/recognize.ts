import type {Layout} from './layout.ts';
import {bundle} from './layouts/bundle.ts';
import {clusterInfoDump} from './layouts/cluster-info-dump.ts';
import {mustGather} from './layouts/must-gather.ts';
import {objects} from './layouts/objects.ts';
import {troubleshoot} from './layouts/troubleshoot.ts';
import {windowsCollectors} from './layouts/windows-collectors.ts';

/** The one that knows itself best comes first: our bundle is a troubleshoot bundle, too. */
const LAYOUTS: readonly Layout[] = [bundle, troubleshoot, mustGather, clusterInfoDump, ...windowsCollectors];

/** The layout of these paths, and the folder in which it begins. What is none of the known ones may be loose objects. */
export function recognize(paths: readonly string[]): {layout: Layout; root: string} {
  for (const layout of LAYOUTS) {
    const root = layout.root(paths);
    if (root !== undefined) return {layout, root};
  }
  return {layout: objects, root: ''};
}
