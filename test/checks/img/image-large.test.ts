import check from '../../../src/checks/img/image-large.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import test from 'ava';
import {withEvent} from './waiting.ts';
import {goSeconds, readPull} from '../../../src/checks/img/shared/pulls.ts';

const IIS = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022';
const pulled = (name: string, span: string, bytes: number) =>
  withEvent(
    'Pulled',
    `Successfully pulled image "${name}" in ${span} (${span} including waiting). Image size: ${bytes} bytes.`,
    healthy(),
  );

/** containerd of `win-1` wrote that it pulled an image. */
const logged = (name: string, span: string, bytes: number): TestCluster =>
  healthyWithAgents().onNode('win-1', n =>
    n.set(
      'logs/containerd/containerd.log',
      String.raw`time="2026-09-01T09:00:00Z" level=info msg="Pulled image \"${name}\" with image id \"sha256:${'a'.repeat(64)}\", repo tag \"${name}\", repo digest \"${name}@sha256:${'b'.repeat(64)}\", size \"${bytes}\" in ${span}"`,
    ),
  );

checkCases({
  check,
  finds: {
    'a slow pull that only containerd logged': () => [
      logged(IIS, '12m30.25s', 2_500_000_000),
      {severity: 'info', subjects: ['Deployment/shop/web'], says: /about 13 min to pull/},
    ],
    'an image of the runtime that the Node does not list': () => [
      logged('registry.example/other:1', '1m40s', 100_000_000).changeAll('Node', n => {
        delete n.status.images;
      }),
      {subjects: ['Deployment/shop/web'], says: /about 42 min/},
    ],
    'a pull that took eleven minutes': () => [
      pulled(IIS, '11m2.5s', 2_500_000_000),
      {severity: 'info', subjects: ['Deployment/shop/web'], cause: 'slow-pull', says: /about 11 min to pull/},
    ],
    'an image of 2.5 GB where another came at 1 MB/s': () => [
      pulled('registry.example/other:1', '1m40s', 100_000_000),
      {severity: 'info', subjects: ['Deployment/shop/web'], says: /about 42 min/},
    ],
  },
  passes: {
    'a fast pull that containerd logged': () => logged(IIS, '1m2.5s', 2_500_000_000),
    'no pull was seen': () => healthy(),
    'a fast line': () => pulled(IIS, '1m2.5s', 2_500_000_000),
    'ten minutes are still in time': () => pulled(IIS, '10m0s', 2_500_000_000),
    'a small image measures nothing': () => pulled('registry.example/other:1', '40s', 1_000_000),
  },
  unknown: {
    'events may not be listed': () => [healthy().without('events'), 'events'],
    'without the agent it may not pass': () => [pulled(IIS, '1m2.5s', 2_500_000_000), 'node.cri.images'],
  },
});

test('durations of Go are read', t => {
  t.is(goSeconds('1h2m3.5s'), 3723.5);
  t.is(goSeconds('850ms'), 0.85);
  for (const text of ['', '5', 'm', '1x', '-3s']) t.is(goSeconds(text), undefined, text);
});

test('older kubelets tell no size', t => {
  const event = {
    apiVersion: 'v1',
    kind: 'Event' as const,
    metadata: {name: 'e'},
    involvedObject: {},
    count: 1,
    reason: 'Pulled',
    message: 'Successfully pulled image "a:b" in 3.1s (3.1s including waiting)',
  };
  t.is(readPull(event), undefined);
});
