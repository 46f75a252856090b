import check from '../../../src/checks/nod/commit-exhausted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
const text =
  'Error: failed to create containerd task: failed to create shim task: hcs::CreateComputeSystem web: The paging file is too small for this operation to complete.: unknown';

function withEvent(change: Parameters<typeof event>[3] = {}, message = text) {
  const cluster = healthy();
  return cluster.add(event(cluster.get('Pod', 'shop/web-0'), 'Failed', message, change));
}

checkCases({
  check,
  finds: {
    'a pod’s event names the page file': () => [
      withEvent(),
      {severity: 'error', subjects: ['Node//win-1'], cause: 'commit-exhausted', says: /0x5af/},
    ],
    'an event of the node itself': () => {
      const cluster = healthy();
      return [
        cluster.add(event(cluster.get('Node', 'win-2'), 'Failed', text)),
        {severity: 'error', subjects: ['Node//win-2']},
      ];
    },
    'a pod that was not read, by the host of its event': () => [
      withEvent({host: 'win-1'}).without('pods'),
      {severity: 'error', subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'no such event': () => healthy(),
    'an event older than an hour is history': () => withEvent({last: ago(3700), first: ago(7200)}),
    'another error': () => withEvent({}, 'Error: ErrImagePull'),
  },
  unknown: {
    'events may not be listed': () => [healthy().without('events'), 'events'],
    'without the agent it may not pass': () => [healthy(), 'node.eventlog'],
  },
});
