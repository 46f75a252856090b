import {setTimeout as sleep} from 'node:timers/promises';
import type {CollectContext, CollectedFile, Collector} from '../../../agent/collect/collector.ts';
import {COLLECTORS} from '../../../src/protocol/collectors.ts';
import type {NodeFault} from './crowd-pods.ts';

/** All files of a node together: what a busy node has (300 load balancers, 110 endpoints, images, events). */
const NODE_BYTES = 1_000_000;
const OF_WINDOWS = COLLECTORS.filter(({os}) => os.some(one => one === 'windows'));
/** Load balancers are in order where their state is 2: a fleet has not 360 faults a node. */
const BODY = JSON.stringify(
  Array.from({length: 500}, (_, i) => ({
    ID: `3f2a${i.toString(16).padStart(4, '0')}-0000-4000-8000-000000000000`,
    IPAddress: `10.244.${i % 250}.${(i * 7) % 250}`,
    State: 2,
  })),
).slice(0, Math.ceil(NODE_BYTES / OF_WINDOWS.length));

/** Collectors that answer at once with as much as a busy node has; half-way, a sick node does what its fault says. */
export function madeUpCollectors(fault: NodeFault | undefined, die: () => void): Collector[] {
  return OF_WINDOWS.map(({name, files}, index) => ({
    name,
    timeoutMs: 600_000,
    maxBytes: NODE_BYTES,
    async *collect({signal}: CollectContext): AsyncGenerator<CollectedFile> {
      if (index === Math.floor(OF_WINDOWS.length / 2)) {
        if (fault === 'hangs') await sleep(600_000, undefined, {signal});
        if (fault === 'dies') die();
      }
      yield {file: files[0].replaceAll('*', 'one'), body: BODY, source: 'made up'};
    },
  }));
}
