import check from '../../../src/checks/nod/pool-disagrees.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {windowsNode} from '../../helpers/raw-nodes.ts';
function pooled() {
  return healthy()
    .add(windowsNode('win-3', 3))
    .changeAll('Node', n => {
      n.metadata.labels['kubernetes.azure.com/agentpool'] = n.metadata.name === 'linux-0' ? 'sys' : 'win';
    });
}

const differs = (field: string, value: string) =>
  pooled().change('Node', 'win-3', n => {
    n.status.nodeInfo[field] = value;
  });
const subjects = ['Node//win-3'];

checkCases({
  check,
  finds: {
    'an older revision on one node of three': () => [
      differs('kernelVersion', '10.0.20348.2655'),
      {
        severity: 'warning',
        subjects,
        cause: 'Windows revision',
        says: /20348\.2655, and 2 of 3 nodes have 10\.0\.20348\.5499/,
      },
    ],
    'another kubelet': () => [differs('kubeletVersion', 'v1.34.1'), {subjects, cause: 'kubelet'}],
    'another containerd': () => [
      differs('containerRuntimeVersion', 'containerd://1.7.28'),
      {subjects, cause: 'container runtime'},
    ],
    'another kube-proxy, by the image of its pod': () => [
      pooled().change('Pod', 'kube-system/kube-proxy-windows-1', p => {
        p.spec.containers[0].image = 'sigwindowstools/kube-proxy:v1.34.0-calico-hostprocess';
      }),
      {subjects: ['Node//win-2'], cause: 'kube-proxy'},
    ],
  },
  passes: {
    'one pool, all alike': () => pooled(),
    'nodes that no label puts together': () =>
      healthy().change('Node', 'win-2', n => {
        n.status.nodeInfo.kubeletVersion = 'v1.34.1';
      }),
    'two pools may differ': () =>
      differs('kernelVersion', '10.0.26100.33296').change('Node', 'win-3', n => {
        n.metadata.labels['kubernetes.azure.com/agentpool'] = 'win25';
      }),
  },
  unknown: {'nodes may not be listed': () => [healthy().without('nodes'), 'nodes']},
});

test('NOD015 only suspects a pool that is being rolled', t => {
  const cluster = differs('kubeletVersion', 'v1.34.1').change('Node', 'win-3', n => {
    n.spec.unschedulable = true;
  });
  const fails = judge(cluster.snapshot(), [check]).fails.flatMap(f => f.fails);
  t.deepEqual(
    fails.map(f => f.state),
    ['suspected'],
  );
});
