import test from 'ava';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import type {SpecView} from '../../../src/kube/workloads.ts';
import type {Json} from '../../helpers/raw.ts';
import {healthy} from '../../helpers/cluster.ts';

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The distinct specifications of a workload's pods. */
function specsOf(snapshot: Snapshot, name: string): SpecView[] {
  const {workloads} = snapshot.evidence;
  return workloads?.ok ? (workloads.value.find(w => w.owner.metadata.name === name)?.live ?? []) : [];
}

function withToken(suffix: string): (pod: Json) => void {
  return ({spec}) => {
    const name = `kube-api-access-${suffix}`;
    spec.volumes = [{name, projected: {sources: []}}];
    spec.containers[0].volumeMounts = [{name, mountPath: TOKEN_PATH}];
  };
}

function pinnedTo(node: string): (pod: Json) => void {
  return ({spec}) => {
    const matchFields = [{key: 'metadata.name', operator: 'In', values: [node]}];
    const nodeSelectorTerms = [{matchFields}];
    spec.affinity = {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}};
  };
}

test('pods that differ in the name of their token volume only share a specification', t => {
  const snapshot = healthy()
    .change('Pod', 'shop/web-0', withToken('abcde'))
    .change('Pod', 'shop/web-1', withToken('x2y3z'))
    .snapshot();
  const [view, ...others] = specsOf(snapshot, 'web');
  t.is(others.length, 0);
  t.deepEqual(view?.spec.volumes, [{name: 'kube-api-access', projected: ''}]);
  t.deepEqual(view?.spec.containers[0]?.volumeMounts, [{name: 'kube-api-access', mountPath: TOKEN_PATH}]);
});

test('pods of a DaemonSet that differ in their node only share a specification', t => {
  const name = 'kube-proxy-windows';
  const snapshot = healthy()
    .change('Pod', `kube-system/${name}-0`, pinnedTo('win-1'))
    .change('Pod', `kube-system/${name}-1`, pinnedTo('win-2'))
    .snapshot();
  t.is(specsOf(snapshot, name).length, 1);
});

test('a pod of a DaemonSet that waits keeps the node that it waits for', t => {
  const name = 'kube-proxy-windows';
  const snapshot = healthy()
    .change('Pod', `kube-system/${name}-0`, pod => {
      pinnedTo('win-1')(pod);
      delete pod.spec.nodeName;
    })
    .snapshot();
  const waiting = specsOf(snapshot, name).find(v => v.pods[0]?.nodeName === undefined);
  const affinity = waiting?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  t.deepEqual(affinity?.nodeSelectorTerms?.[0]?.matchFields?.[0]?.values, ['win-1']);
});

test('a pod that pins itself to a node by name keeps that', t => {
  const snapshot = healthy().change('Pod', 'shop/web-0', pinnedTo('win-1')).snapshot();
  t.is(specsOf(snapshot, 'web').length, 2);
});
