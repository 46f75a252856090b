import type {TestCluster} from '../helpers/cluster.ts';
import type {Json} from '../helpers/raw.ts';
import {workload} from '../helpers/raw-pods.ts';
import {ago, event} from '../helpers/raw.ts';
import {WINDOWS_NODES, programSpec, windows} from './cluster.ts';
import {HOUR, born, notAvailable, waiting} from './states.ts';

/** The invoice program was built for Server 2019 and came to a Server 2022 node. */
export function oldImage(cluster: TestCluster): void {
  const message =
    'failed to create containerd task: failed to create shim task: hcs::CreateComputeSystem invoice-worker: The container operating system does not match the host operating system.';
  cluster.add(...born(3 * HOUR, windows('billing', 'invoice-worker', ['win-1'], 'ltsc2019')));
  cluster.change('Pod', 'billing/invoice-worker-0', pod => {
    waiting(pod, 'RunContainerError', message);
  });
  cluster.add(
    event(cluster.get('Pod', 'billing/invoice-worker-0'), 'Failed', `Error: ${message}`, {
      host: 'win-1',
      count: 31,
    }),
  );
}

/** A monitoring agent for Linux tolerates everything and says nothing of its OS. */
export function linuxDaemonSet(cluster: TestCluster): void {
  const image = 'quay.io/prometheus/node-exporter:v1.9.1';
  const spec: Json = {
    tolerations: [{operator: 'Exists'}],
    serviceAccountName: 'default',
    restartPolicy: 'Always',
    containers: [{name: 'node-exporter', image, resources: {requests: {cpu: '50m', memory: '32Mi'}}}],
  };
  const nodes = ['linux-1', 'linux-2', ...WINDOWS_NODES];
  cluster.add(
    ...born(20 * HOUR, workload('DaemonSet', {namespace: 'monitoring', name: 'node-exporter'}, spec, nodes)),
  );
  const message = `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${image}": no match for platform in manifest: not found`;
  for (const [i, node] of nodes.entries()) {
    if (!node.startsWith('win') || node === 'win-3') continue;
    const name = `monitoring/node-exporter-${i}`;
    cluster.change('Pod', name, pod => waiting(pod, 'ImagePullBackOff', message));
    cluster.add(
      event(cluster.get('Pod', name), 'Failed', message, {host: node, count: 212, first: ago(20 * HOUR)}),
    );
  }
  cluster.change('DaemonSet', 'monitoring/node-exporter', set => {
    set.status = {desiredNumberScheduled: 6, numberReady: 2, numberUnavailable: 4, numberMisscheduled: 0};
  });
}

/** A new version of the price program needs a library that its image does not have. */
export function missingLibrary(cluster: TestCluster): void {
  cluster.add(...born(2 * HOUR, windows('shop', 'pricing', ['win-1', 'win-4'])));
  for (const name of ['shop/pricing-0', 'shop/pricing-1']) {
    cluster.change('Pod', name, pod => {
      waiting(pod, 'CrashLoopBackOff', 'back-off 5m0s restarting failed container=pricing');
      const [status] = pod.status.containerStatuses;
      status.restartCount = 23;
      status.lastState = {
        terminated: {exitCode: -1_073_741_515, reason: 'Error', startedAt: ago(190), finishedAt: ago(188)},
      };
      pod.status.phase = 'Running';
    });
  }
}

/** win-4 has handed out addresses outside its subnet since its network was made anew. */
export function badSubnet(cluster: TestCluster): void {
  const message =
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "5b1c": plugin type="sdnoverlay" name="flannel.4096" failed (add): hcnCreateEndpoint failed in Win32: IP address is either invalid or not part of any configured subnet(s). (0x803b001e) {"Success":false,"Error":"IP address is either invalid or not part of any configured subnet(s). ","ErrorCode":2151350302}';
  cluster.add(...born(2 * HOUR, windows('shop', 'search', ['win-4', 'win-4'])));
  for (const name of ['shop/search-0', 'shop/search-1']) {
    cluster.change('Pod', name, pod => {
      waiting(pod, 'ContainerCreating');
      delete pod.status.podIP;
      delete pod.status.podIPs;
    });
    cluster.add(
      event(cluster.get('Pod', name), 'FailedCreatePodSandBox', message, {
        host: 'win-4',
        count: 96,
        first: ago(2 * HOUR),
      }),
    );
  }
}

/** The nightly index Job's author forgot that Windows nodes are tainted. */
export function missingToleration(cluster: TestCluster): void {
  const spec = programSpec('shop/reindex');
  delete spec.tolerations;
  const [deployment, replicaSet, pod] = workload('Deployment', {namespace: 'shop', name: 'reindex'}, spec, [
    'win-1',
  ]);
  if (!deployment || !replicaSet || !pod) return;
  delete pod['spec'].nodeName;
  pod['status'] = {
    phase: 'Pending',
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: TAINTED,
        lastTransitionTime: ago(9 * HOUR),
      },
    ],
  };
  for (const owner of [deployment, replicaSet]) notAvailable(owner);
  cluster.add(...born(9 * HOUR, [deployment, replicaSet, pod]));
  cluster.add(
    event(pod, 'FailedScheduling', TAINTED, {
      component: 'default-scheduler',
      count: 108,
      first: ago(9 * HOUR),
    }),
  );
}

const TAINTED =
  "0/6 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/unreachable: }, 2 node(s) didn't match Pod's node affinity/selector, 3 node(s) had untolerated taint {os: windows}. preemption: 0/6 nodes are available: 6 Preemption is not helpful for scheduling.";
