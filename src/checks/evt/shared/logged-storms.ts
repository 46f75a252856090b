import {nodesOf} from '../../../kube/os.ts';
import type {Node} from '../../../kube/types.ts';
import type {EventLogs} from '../../../node/eventlog.ts';
import type {PerNode} from '../../../node/evidence.ts';
import {channelGap} from '../../../node/find-events.ts';
import {valueOn} from '../../../node/on-node.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import {HOUR, rfc3339} from '../../../snapshot/time.ts';
import type {Outcome} from '../../define.ts';
import {fail, pass, unknown} from '../../define.ts';
import {fileRefs} from '../../each-node.ts';
import {STORM} from './storms.ts';

/** Errors that the event logs of Windows nodes have too often. A node of which nothing was read is not spoken of. */
export function* loggedStorms(
  nodes: Evidence<Node[]>,
  all: Evidence<PerNode<EventLogs>>,
  now: number,
): Generator<Outcome> {
  for (const node of nodes.ok ? nodesOf('windows', nodes.value) : []) {
    const logs = valueOn(all, node.metadata.name);
    if (!logs) continue;
    const storms = logs.frequent.flatMap(error => {
      const times = error.times.filter(time => now - time <= HOUR);
      return times.length > STORM ? [{...error, times}] : [];
    });
    for (const {channel, provider, id, file, index, times} of storms) {
      yield fail(node, {
        cause: `${channel}: ${provider} ${id}`,
        message: `${node.metadata.name} logged ${provider} ${id} ${times.length} times within the last hour (${channel})`,
        evidence: [fileRefs(node)(file, `/${index}`, {provider, id})],
        since: rfc3339(times.reduce((least, time) => Math.min(least, time))),
      });
    }
    if (storms.length > 0) continue;
    const gap = channelGap(logs, 'System');
    yield gap ? unknown(node, 'node.eventlog', gap) : pass(node);
  }
}
