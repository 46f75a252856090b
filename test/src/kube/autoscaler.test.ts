import test from 'ava';
import {Waits} from '../../../src/kube/autoscaler.ts';
import type {Pod} from '../../../src/kube/types.ts';
import {collected, missing} from '../../../src/snapshot/evidence.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {millis} from '../../../src/snapshot/time.ts';
import {TestCluster} from '../../helpers/cluster.ts';
import {NOW, ago, event} from '../../helpers/raw.ts';

const now = millis(NOW) ?? 0;
const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {namespace: 'shop', name: 'web', creationTimestamp: ago(3600)},
  spec: {containers: []},
  status: {phase: 'Pending'},
};
const made = (seconds: number): Pod => ({
  ...pod,
  metadata: {...pod.metadata, creationTimestamp: ago(seconds)},
});

/** Events of the pod: reason and age in seconds. */
function heard(...events: [string, number][]) {
  const raw = {...pod, metadata: {...pod.metadata}, apiVersion: 'v1'};
  const objects = events.map(([reason, age]) => event(raw, reason, 'said', {last: ago(age)}));
  return evidenceOf(new TestCluster(objects).snapshot(), 'events');
}

function severity(events: ReturnType<typeof heard>, of: Pod = pod): string | undefined {
  const wait = new Waits(events, now).of(of);
  return wait === 'unknown' ? 'unknown' : (wait.severity ?? 'early');
}

test('a promise holds for fifteen minutes', t => {
  t.is(severity(heard(['TriggeredScaleUp', 899])), 'info');
  t.is(severity(heard(['TriggeredScaleUp', 900])), 'error');
  t.is(severity(heard(['Nominated', 10])), 'info');
});

test('the newest word counts', t => {
  t.is(severity(heard(['NotTriggerScaleUp', 300], ['TriggeredScaleUp', 100])), 'info');
  t.is(severity(heard(['TriggeredScaleUp', 300], ['FailedScaleUp', 100])), 'error');
});

test('the scheduler alone says nothing of an autoscaler', t => {
  t.is(severity(heard(['FailedScheduling', 10]), made(60)), 'early');
});

test('without an autoscaler it is an error after five minutes', t => {
  t.is(severity(collected([]), made(299)), 'early');
  t.is(severity(collected([]), made(300)), 'error');
});

test('without events it is unknown until an autoscaler would have had its time', t => {
  const denied = missing('denied', 'no right to list events');
  t.is(severity(denied, made(60)), 'early');
  t.is(severity(denied, made(600)), 'unknown');
  t.is(severity(denied, made(901)), 'error');
});
