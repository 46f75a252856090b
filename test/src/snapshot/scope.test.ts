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

test('a namespace keeps its own pods and what they come from, and everything of the cluster', t => {
  t.deepEqual(names({namespace: 'shop'}, 'pods'), ['shop/web-0', 'shop/web-1']);
  t.deepEqual(names({namespace: 'shop'}, 'deployments'), ['shop/web']);
  t.is(names({namespace: 'shop'}, 'nodes').length, 3);
  t.is(names({namespace: 'shop'}, 'services').length, 2);
});

test('what was not asked for is named as such', t => {
  const {evidence} = scopeSnapshot(healthy().snapshot(), {namespace: 'shop'});
  const partial = {
    reason: 'not-requested',
    detail: 'only the pods that `-n shop` selects were read',
  } as const;
  t.like(evidence.pods, {ok: true, partial});
  t.like(evidence.workloads, {partial});
  t.false('partial' in (evidence.nodes ?? {}));
});

test('nodes are chosen by name and by label, and their pods with them', t => {
  t.deepEqual(names({nodes: ['win-1']}, 'nodes'), ['/win-1']);
  t.true(names({nodes: ['win-1']}, 'pods').includes('shop/web-0'));
  t.false(names({nodes: ['win-1']}, 'pods').includes('shop/web-1'));
  t.deepEqual(names({nodeSelector: 'kubernetes.io/os=linux'}, 'nodes'), ['/linux-0']);
});

test('pods are chosen by label, and workloads by their pods', t => {
  t.deepEqual(names({selector: 'app=web'}, 'pods'), ['shop/web-0', 'shop/web-1']);
  const {workloads} = scopeSnapshot(healthy().snapshot(), {selector: 'app=web'}).evidence;
  t.deepEqual(workloads?.ok && workloads.value.map(w => w.owner.metadata.name), ['web']);
});
