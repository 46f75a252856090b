import test from 'ava';
import type {Check} from '../../src/checks/define.ts';
import containerdEndOfLife from '../../src/checks/cri/containerd-end-of-life.ts';
import vxlanSettings from '../../src/checks/cni/vxlan-settings.ts';
import {judge} from '../../src/checks/engine.ts';
import type {TestCluster} from '../helpers/cluster.ts';
import {healthy} from '../helpers/cluster.ts';

function stepsOf(check: Check, cluster: TestCluster): string {
  const fails = judge(cluster.snapshot(), [check]).fails.flatMap(f => f.fails);
  return fails.flatMap(f => f.fix ?? []).join('\n');
}

function containerd(version: string): TestCluster {
  return healthy()
    .at('2027-06-01T00:00:00Z')
    .changeAll('Node', node => {
      node.status.nodeInfo.containerRuntimeVersion = `containerd://${version}`;
    });
}

test('what to do about flannel says nothing of Calico', t => {
  const steps = stepsOf(
    vxlanSettings,
    healthy().change('ConfigMap', 'kube-flannel/kube-flannel-cfg', map => {
      map.data['net-conf.json'] = '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}';
    }),
  );
  t.regex(steps, /"VNI": 4096/);
  t.notRegex(steps, /Calico/);
});

test('only what comes from containerd 1.7 has deprecations to mend first', t => {
  t.regex(stepsOf(containerdEndOfLife, containerd('1.7.27')), /ctr deprecations list/);
  const later = stepsOf(containerdEndOfLife, containerd('2.1.6'));
  t.regex(later, /Upgrade to a line/);
  t.notRegex(later, /deprecations/);
});
