import test from 'ava';
import {chainOf} from '../../helpers/chain.ts';
import {TestCluster, healthy} from '../../helpers/cluster.ts';
import {condition} from '../../helpers/raw-nodes.ts';
import type {Json} from '../../helpers/raw.ts';
import {waiting} from '../../helpers/sick-pods.ts';
import {sick} from '../../sample/sick.ts';

function wrongBuild(edit: (spec: Json) => void): TestCluster {
  const cluster = healthy().changeSpec('Deployment', 'shop/web', spec => {
    spec.containers[0].image = 'registry.example/app:1.0-windowsservercore-ltsc2025';
    edit(spec);
  });
  for (const name of ['shop/web-0', 'shop/web-1']) {
    cluster.change('Pod', name, pod => waiting(pod, 'ContainerCreating'));
  }
  return cluster.change('EndpointSlice', 'shop/web-abcde', slice => {
    for (const e of slice.endpoints) e.conditions = {ready: false, serving: false, terminating: false};
  });
}

test('a tag for another build than the node explains the Service', t => {
  t.deepEqual(chainOf(wrongBuild(() => {})), ['IMG001', 'SVC012 <- IMG001']);
});

test('a tag for another build than the selected one comes before what the selector brings about', t => {
  const cluster = wrongBuild(spec => {
    spec.nodeSelector = {...spec.nodeSelector, 'node.kubernetes.io/windows-build': '10.0.17763'};
  });
  for (const name of ['shop/web-0', 'shop/web-1']) {
    cluster.change('Pod', name, pod => {
      delete pod.spec.nodeName;
      pod.status = {phase: 'Pending', conditions: [condition('PodScheduled', 'False', 'Unschedulable')]};
    });
  }
  t.deepEqual(chainOf(cluster), ['IMG013', 'SCH004 <- IMG013', 'SVC012 <- IMG013 SCH004']);
});

test('a toleration of everything is told of with the harm that it did', t => {
  const chain = chainOf(new TestCluster(sick()));
  t.true(chain.includes('SCH015 <- SCH001'), chain.join('; '));
});
