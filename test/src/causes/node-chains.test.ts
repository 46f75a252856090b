import test from 'ava';
import {chainOf} from '../../helpers/chain.ts';
import {healthy} from '../../helpers/cluster.ts';
import {ago, event} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';

function notReady(message: string, status = 'False') {
  return healthy().change('Node', 'win-1', n => {
    const ready = n.status.conditions.find((c: Json) => c.type === 'Ready');
    Object.assign(ready, {status, reason: 'KubeletNotReady', message});
  });
}

test('a runtime that does not answer comes before the node that is not Ready', t => {
  t.deepEqual(chainOf(notReady('container runtime is down')), ['CRI001', 'NOD001 <- CRI001']);
});

test('a runtime without pod network comes before the node that is not Ready', t => {
  const message =
    'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';
  t.deepEqual(chainOf(notReady(message)), ['CRI002', 'NOD001 <- CRI002']);
});

test('a silent kubelet explains its stale lease', t => {
  const cluster = notReady('Kubelet stopped posting node status.', 'Unknown').change(
    'Lease',
    'kube-node-lease/win-1',
    l => {
      l.spec.renewTime = ago(900);
    },
  );
  t.deepEqual(chainOf(cluster), ['NOD001', 'NOD007 <- NOD001']);
});

test('an image of another build explains why HCS refuses it', t => {
  const cluster = healthy()
    .changeSpec('Deployment', 'shop/web', spec => {
      spec.containers[0].image = 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2025';
    })
    .changeAll('Pod', p => {
      if (p.metadata.namespace !== 'shop') return;
      p.status.phase = 'Pending';
      for (const c of p.status.conditions) if (c.type === 'Ready') c.status = 'False';
      const message =
        'hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown';
      p.status.containerStatuses[0].state = {waiting: {reason: 'RunContainerError', message}};
    });
  const chain = chainOf(cluster);
  t.true(chain.includes('IMG001'), chain.join());
  t.true(chain.includes('IMG003 <- IMG001'), chain.join());
  t.false(
    chain.some(c => c.startsWith('IMG013')),
    chain.join(),
  );
});

test('a full disk explains its pressure', t => {
  const cluster = healthy().change('Node', 'win-1', n => {
    n.status.conditions.find((c: Json) => c.type === 'DiskPressure').status = 'True';
  });
  const message =
    "Insufficient free disk space on the node's image filesystem (97% of 127 GiB used). Failed to free.";
  cluster.add(event(cluster.get('Node', 'win-1'), 'FreeDiskSpaceFailed', message));
  t.deepEqual(chainOf(cluster), ['CRI010', 'NOD005 <- CRI010']);
});

test('a node that keeps nothing for Windows explains its memory pressure', t => {
  const cluster = healthy().change('Node', 'win-1', n => {
    n.status.allocatable.memory = n.status.capacity.memory;
    n.status.conditions.find((c: Json) => c.type === 'MemoryPressure').status = 'True';
  });
  t.deepEqual(chainOf(cluster), ['NOD005 <- NOD019', 'NOD019']);
});

test('pressure of another node is a fault of its own', t => {
  const cluster = healthy()
    .change('Node', 'win-1', n => {
      n.status.allocatable.memory = n.status.capacity.memory;
    })
    .change('Node', 'win-2', n => {
      n.status.conditions.find((c: Json) => c.type === 'MemoryPressure').status = 'True';
    });
  t.deepEqual(chainOf(cluster), ['NOD005', 'NOD019']);
});

test('a containerd past its end is not reported twice', t => {
  const cluster = healthy().change('Node', 'win-1', n => {
    n.status.nodeInfo.containerRuntimeVersion = 'containerd://1.6.39';
  });
  t.deepEqual(chainOf(cluster), ['CRI003 <- CRI004', 'CRI004']);
});

test('one bad Windows update is one finding, however many nodes have it', t => {
  const cluster = healthy().changeAll('Node', n => {
    if (n.metadata.name !== 'linux-0') n.status.nodeInfo.kernelVersion = '10.0.20348.2655';
  });
  t.deepEqual(chainOf(cluster), ['ADV001']);
});
