import test from 'ava';
import {CHECKS} from '../../../src/checks/index.ts';
import type {Finding} from '../../../src/report/report.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy} from '../../helpers/cluster.ts';
import {reportOf} from '../../helpers/judged.ts';
import {ago} from '../../helpers/raw.ts';
import {crashing, creating, report, waiting} from '../../helpers/sick-pods.ts';

const SANDBOX = 'FailedCreatePodSandBox';

/** Each error or warning as `ID` or `ID <- causes`, and the echo of events, whatever its severity. */
function chain(cluster: TestCluster): string[] {
  const {findings} = reportOf(cluster, CHECKS);
  const ids = new Map(findings.map(f => [f.fingerprint, f.id]));
  const shown = findings.filter(f => f.severity !== 'info' || f.id === 'EVT001');
  return shown.map(f => line(f, ids)).sort();
}

function line({id, causedBy}: Finding, ids: Map<string, string>): string {
  const causes = [...new Set(causedBy.map(c => ids.get(c) ?? c))].sort();
  return causes.length === 0 ? id : `${id} <- ${causes.join(' ')}`;
}

/** Nobody answers for the Service any more. */
function endpointsGone(cluster: TestCluster): TestCluster {
  return cluster.change('EndpointSlice', 'shop/web-abcde', s => {
    for (const e of s.endpoints) e.conditions = {ready: false, serving: false, terminating: false};
  });
}

function sick(edit: (pod: unknown) => void): TestCluster {
  return endpointsGone(healthy().change('Pod', 'shop/web-0', edit).change('Pod', 'shop/web-1', edit));
}

test('a healthy cluster has no finding', t => {
  t.deepEqual(chain(healthy()), []);
});

test('a broken network agent explains sandboxes, the Service and the storm of events', t => {
  const text =
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network: plugin type="flannel" failed (add): open C:\\run\\flannel\\subnet.env: The system cannot find the file specified.';
  const cluster = sick(creating);
  for (const i of [0, 1]) {
    cluster.change('Pod', `kube-flannel/kube-flannel-ds-windows-amd64-${i}`, p =>
      waiting(p, 'ContainerCreating'),
    );
    report(cluster, 'Pod', `shop/web-${i}`, SANDBOX, text, {count: 200, first: ago(3600)});
  }
  t.deepEqual(chain(cluster), ['CNI006', 'EVT001 <- KBL001', 'KBL001 <- CNI006', 'SVC012 <- KBL001']);
});

test('a network agent that runs well does not explain sandboxes', t => {
  const text = 'Failed to create pod sandbox: hnsCall failed in Win32: The object already exists. (0x1392)';
  const cluster = sick(creating);
  for (const i of [0, 1]) report(cluster, 'Pod', `shop/web-${i}`, SANDBOX, text);
  t.deepEqual(chain(cluster), ['KBL001', 'SVC012 <- KBL001']);
});

test('a broken network agent does not explain a missing pause image', t => {
  const text =
    'Failed to create pod sandbox: failed to get sandbox image "registry.k8s.io/pause:3.10": i/o timeout';
  const cluster = sick(creating);
  for (const i of [0, 1]) {
    cluster.change('Pod', `kube-flannel/kube-flannel-ds-windows-amd64-${i}`, p =>
      waiting(p, 'CrashLoopBackOff'),
    );
    report(cluster, 'Pod', `shop/web-${i}`, SANDBOX, text);
  }
  t.true(chain(cluster).some(l => l.startsWith('KBL001') && !l.includes('CNI006')));
});

test('a crash explains the Service', t => {
  t.deepEqual(chain(sick(p => crashing(p, -1073741515))), ['KBL003', 'SVC012 <- KBL003']);
});

test('a crash of one of two workloads does not hide that the other has no pod', t => {
  const cluster = sick(p => crashing(p, -1073741515));
  cluster.change('Pod', 'shop/web-1', p => {
    for (const s of p.status.containerStatuses)
      Object.assign(s, {state: {running: {}}, lastState: {}, restartCount: 0});
  });
  t.deepEqual(chain(cluster), ['KBL003', 'SVC012 <- KBL003']);
});

test('want of memory explains the crash', t => {
  t.deepEqual(chain(sick(p => crashing(p, -1073741523))), [
    'KBL003 <- KBL007',
    'KBL007',
    'SVC012 <- KBL003 KBL007',
  ]);
});

test('an image of another build explains the Service', t => {
  const text =
    'failed to create shim task: hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown';
  t.deepEqual(chain(sick(p => waiting(p, 'CreateContainerError', text))), ['IMG003', 'SVC012 <- IMG003']);
});

test('dead nodes explain the agents on them and the Service', t => {
  const cluster = sick(p => waiting(p, 'NodeLost'));
  for (const i of [0, 1]) {
    for (const pod of [
      `kube-flannel/kube-flannel-ds-windows-amd64-${i}`,
      `kube-system/kube-proxy-windows-${i}`,
    ]) {
      cluster.change('Pod', pod, p => waiting(p, 'NodeLost'));
    }
    cluster.change('Node', `win-${i + 1}`, n => {
      Object.assign(n.status.conditions.at(-1), {
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: ago(1200),
      });
    });
  }
  const lines = chain(cluster);
  t.deepEqual(
    lines.filter(l => !l.includes('<-')),
    ['NOD001'],
    lines.join('\n'),
  );
  t.true(
    lines.some(l => l.startsWith('SVC012 <- NOD001')),
    lines.join('\n'),
  );
});

test('a node that lacks only its network is explained by the agent, not the other way round', t => {
  const cluster = healthy().change('Pod', 'kube-flannel/kube-flannel-ds-windows-amd64-0', p =>
    crashing(p, 1, {restarts: 9}),
  );
  cluster.change('Node', 'win-1', n => {
    Object.assign(n.status.conditions.at(-1), {
      status: 'False',
      reason: 'KubeletNotReady',
      message:
        'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized',
      lastTransitionTime: ago(1200),
    });
  });
  const lines = chain(cluster);
  t.deepEqual(
    lines.filter(l => !l.includes('<-')),
    ['KBL003'],
    lines.join('\n'),
  );
});
