import test from 'ava';
import type {ResourceKey} from '../../../src/kube/resources.ts';
import {scopeSnapshot} from '../../../src/snapshot/scope.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import {healthy} from '../../helpers/cluster.ts';

function names(scope: Scope, key: ResourceKey): string[] {
  const evidence = scopeSnapshot(healthy().snapshot(), scope).evidence[key];
  return evidence?.ok ? evidence.value.map(o => `${o.metadata.namespace ?? ''}/${o.metadata.name}`) : [];
}

test('no scope leaves a snapshot as it is', t => {
  const snapshot = healthy().snapshot();
  t.is(scopeSnapshot(snapshot, {nodes: []}), snapshot);
});

test('a namespace keeps its own objects, all nodes, and the settings of the cluster', t => {
  t.deepEqual(names({namespace: 'shop'}, 'pods'), ['shop/web-0', 'shop/web-1']);
  t.is(names({namespace: 'shop'}, 'nodes').length, 3);
  t.deepEqual(names({namespace: 'shop'}, 'configMaps'), ['kube-flannel/kube-flannel-cfg']);
  t.is(names({namespace: 'shop'}, 'leases').length, 3);
});

test('what was not asked for is named as such', t => {
  const {evidence} = scopeSnapshot(healthy().snapshot(), {namespace: 'shop'});
  t.like(evidence.pods, {
    ok: true,
    partial: {reason: 'not-requested', detail: 'only namespace shop was asked for'},
  });
  t.like(evidence.workloads, {partial: {reason: 'not-requested'}});
  t.false('partial' in (evidence.nodes ?? {}));
});

test('nodes are chosen by name and by label, and their pods with them', t => {
  t.deepEqual(names({nodes: ['win-1']}, 'nodes'), ['/win-1']);
  t.true(names({nodes: ['win-1']}, 'pods').includes('shop/web-0'));
  t.false(names({nodes: ['win-1']}, 'pods').includes('shop/web-1'));
  const label = [{key: 'kubernetes.io/os', operator: 'In', values: ['linux']}];
  t.deepEqual(names({nodeLabels: label}, 'nodes'), ['/linux-0']);
});

test('pods are chosen by label, and workloads by their templates', t => {
  const app = [{key: 'app', operator: 'In', values: ['web']}];
  t.deepEqual(names({pods: app}, 'pods'), ['shop/web-0', 'shop/web-1']);
  const {workloads} = scopeSnapshot(healthy().snapshot(), {pods: app}).evidence;
  t.deepEqual(workloads?.ok && workloads.value.map(w => w.owner.metadata.name), ['web']);
});
