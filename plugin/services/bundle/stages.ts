import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {podLogPath} from '../../../src/logs/paths.ts';
import {NODE_KEYS} from '../../../src/node/evidence.ts';
import {NODE_FILES_ROOT} from '../../../src/node/paths.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {Estimate} from '../../bundle/estimate.ts';
import {writePodLogs} from '../../bundle/pod-logs.ts';
import type {Spool} from '../../bundle/spool.ts';
import type {Access} from '../../kube/access.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import type {StatusLine} from '../../terminal.ts';
import type {BundleFlags} from './flags.ts';
import {writeNodeProxy} from './node-proxy.ts';
import type {NodesOptions} from './nodes.ts';
import {writeNodes} from './nodes.ts';
import {writeProbes} from './probes.ts';
import type {Resumed} from './resume.ts';
import {unlessStopped} from './unless-stopped.ts';
import {itemsOf, logsOf, notReached} from './wanted.ts';

/** What is known of a collection once the API's objects were read. */
export interface Collection {
  flags: BundleFlags;
  /** How agents are asked. */
  agents: Omit<NodesOptions, 'spool' | 'names' | 'kept' | 'whole' | 'progress' | 'collectors'>;
  spool: Spool;
  /** What is there already. */
  kept: Pick<Resumed, 'nodes' | 'logs'>;
  /** RFC 3339. */
  sinceTime: string | undefined;
  status: StatusLine;
}

/** Somebody who is asked, once the objects are known. */
interface Stage {
  /** What is missing, by their evidence, where the collection was stopped before. */
  keys: readonly string[];
  /** Puts down what there is, and answers what is missing. `before`: what is missing of the stages before. */
  run: (snapshot: Snapshot, before: readonly ManifestGap[]) => Promise<ManifestGap[]>;
}

/** Asks nodes and pods for what the API does not tell, one stage after the other, until it is stopped; answers what is missing. */
export async function collectStages(
  snapshot: Snapshot | undefined,
  collection: Collection,
): Promise<ManifestGap[]> {
  const {signal} = collection.agents;
  const missing: ManifestGap[] = [];
  for (const {keys, run} of stagesOf(collection)) {
    const goesOn = snapshot !== undefined && !signal.aborted;
    const gaps = goesOn ? await unlessStopped(signal, () => run(snapshot, missing)) : undefined;
    missing.push(...(gaps ?? keys.map(notReached)));
  }
  for (const gap of collection.kept.logs.values()) if (gap) missing.push(gap);
  return missing;
}

function stagesOf({flags, agents, spool, kept, sinceTime, status}: Collection): readonly Stage[] {
  const {agent, probe, logs} = flags;
  const {access, signal} = agents;
  const told = new Set(kept.nodes);
  const limits = {tail: flags.tail, sinceTime, maxBytes: flags['max-log-bytes']};
  const progress = (text: string): void => status.show(text);
  const whole = (node: string): void => {
    told.add(node);
    spool.whole({kind: 'node', name: node, at: Date.now()}, spool.below(`${NODE_FILES_ROOT}/${node}/`));
  };
  const stages: Stage[] = [];
  if (agent !== 'never')
    stages.push({
      keys: NODE_KEYS,
      run: snapshot => {
        const names = new Set(itemsOf(snapshot, 'nodes').map(node => node.metadata.name));
        return writeNodes({...agents, spool, names, kept: kept.nodes, whole, progress});
      },
    });
  if (flags['node-proxy'])
    stages.push({
      keys: ['nodeProxy'],
      run: async (snapshot, before) => {
        const nodes = itemsOf(snapshot, 'nodes').filter(node => !told.has(node.metadata.name));
        const count = counted(status, 'asking kubelets', nodes.length);
        const gaps = await withStreams(access, streams =>
          writeNodeProxy({streams, spool, nodes, ...limits, signal, progress: count}),
        );
        return gaps.filter(gap => !before.some(one => one.what === gap.what && one.node === gap.node));
      },
    });
  if (probe !== 'none' && agent !== 'never')
    stages.push({
      keys: ['probes'],
      run: snapshot => writeProbes({...agents, probe, snapshot, spool, progress}),
    });
  if (logs !== 'none')
    stages.push({
      keys: ['pod.logs'],
      run: snapshot => {
        const wanted = logsOf(snapshot, logs).filter(log => !kept.logs.has(podLogPath(log)));
        const count = counted(status, 'reading logs', wanted.length);
        return withStreams(access, streams =>
          writePodLogs(wanted, {streams, spool, limits, signal, progress: count}),
        );
      },
    });
  return stages;
}

/** Shows how many of all are done, and how long the others may take. */
function counted(status: StatusLine, what: string, all: number): (done: number) => void {
  const estimate = new Estimate();
  return done => status.show(`${what}: ${done} of ${all}${estimate.left(done, all)}`);
}

async function withStreams<T>(access: Access, use: (streams: HttpApiStreams) => Promise<T>): Promise<T> {
  const streams = new HttpApiStreams(access);
  try {
    return await use(streams);
  } finally {
    await streams.close();
  }
}
