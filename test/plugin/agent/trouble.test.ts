import test from 'ava';
import {podTrouble} from '../../../plugin/agent/fleet/trouble.ts';
import type {Pod} from '../../../src/kube/types.ts';

const RUNNING: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'agent', namespace: 'kubectl-win'},
  spec: {containers: []},
  status: {phase: 'Running', containerStatuses: [{name: 'agent', ready: true, state: {running: {}}}]},
};

function withStatus(status: Pod['status']): Pod {
  return {...RUNNING, status};
}

function waiting(reason: string, message?: string): Pod {
  const state = {waiting: {reason, ...(message !== undefined && {message})}};
  return withStatus({phase: 'Pending', containerStatuses: [{name: 'agent', ready: false, state}]});
}

test('a pod that runs has no trouble', t => t.is(podTrouble(RUNNING), undefined));

test('each way not to run is told in words', t => {
  t.is(
    podTrouble(waiting('ImagePullBackOff', 'Back-off\n pulling')),
    'its image cannot be pulled (ImagePullBackOff): Back-off pulling',
  );
  t.regex(podTrouble(waiting('SomethingNew')) ?? '', /its container waits \(SomethingNew\)/);
  t.is(podTrouble(withStatus({phase: 'Pending'})), 'its pod has not started');
  t.is(
    podTrouble(withStatus({phase: 'Failed', reason: 'Evicted', message: 'low on disk'})),
    'its pod has ended (Evicted): low on disk',
  );
  const conditions = [{type: 'PodScheduled', status: 'False', message: '0/3 nodes are available'}];
  t.is(
    podTrouble(withStatus({phase: 'Pending', conditions})),
    'its pod finds no place: 0/3 nodes are available',
  );
  t.is(
    podTrouble({...RUNNING, metadata: {...RUNNING.metadata, deletionTimestamp: '2026-01-01T00:00:00Z'}}),
    'its pod is being removed',
  );
});

test('an agent that crashes is told with its last exit code', t => {
  const pod = withStatus({
    phase: 'Running',
    containerStatuses: [
      {
        name: 'agent',
        ready: false,
        state: {waiting: {reason: 'CrashLoopBackOff'}},
        lastState: {terminated: {exitCode: 3}},
      },
    ],
  });
  t.is(podTrouble(pod), 'it ends soon after each start (CrashLoopBackOff, after exit code 3)');
});
