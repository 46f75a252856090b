import test from 'ava';
import {changedAt} from '../../../src/kube-proxy/changes.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {DAY, ago} from '../../helpers/raw.ts';

function changed(cluster: TestCluster): string | undefined {
  const snapshot = cluster.snapshot();
  const [services, slices] = [evidenceOf(snapshot, 'services'), evidenceOf(snapshot, 'endpointSlices')];
  const web = services.ok ? services.value.find(s => s.metadata.name === 'web') : undefined;
  if (!web || !slices.ok) throw new Error('the cluster lacks something');
  const at = changedAt(web, slices.value);
  return at === undefined ? undefined : new Date(at).toISOString().replace('.000Z', 'Z');
}

const slice = (edit: (metadata: Record<string, unknown>) => void): TestCluster =>
  healthy().change('EndpointSlice', 'shop/web-abcde', s => {
    s.metadata.creationTimestamp = ago(10 * DAY);
    edit(s.metadata);
  });

test('the youngest time of a Service and its slices counts', t => {
  t.is(changed(slice(() => {})), ago(10 * DAY));
  const trigger = {'endpoints.kubernetes.io/last-change-trigger-time': ago(60)};
  t.is(changed(slice(m => (m['annotations'] = trigger))), ago(60));
  t.is(changed(slice(m => (m['managedFields'] = [{time: ago(90)}, {time: ago(30)}, {}]))), ago(30));
});

test('where one of them has no time, nobody knows', t => {
  t.is(changed(slice(m => delete m['creationTimestamp'])), undefined);
});
