import test from 'ava';
import {assert, constantFrom, nat, property} from 'fast-check';
import {podErrorOf} from '../../../src/node/pod-errors.ts';

const SYNC = String.raw`E0901 11:59:40.000000    4244 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \"CreatePodSandbox\" for \"web-0_shop(7d1f)\" with CreatePodSandboxError: \"Failed to create sandbox for pod \\\"web-0_shop(7d1f)\\\": rpc error: code = Unknown desc = hcs::CreateComputeSystem 1a: The requested operation for attach namespace failed.: unknown\"" pod="shop/web-0" podUID="7d1f"`;
const START = String.raw`E0901 11:59:40.000000    4244 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"iis\" with RunContainerError: \"failed to start containerd task \\\"iis\\\": 0xc0370101\"" pod="shop/web-0" podUID=7d1f`;
const BACK_OFF = String.raw`E0901 11:59:40.000000    4244 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \"StartContainer\" for \"iis\" with CrashLoopBackOff: \"back-off 5m0s\"" pod="shop/web-0" podUID="7d1f"`;
const OLD = String.raw`time="2026-09-01T11:59:40Z" level=error msg="RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:7d1f,Namespace:shop,Attempt:2,} failed, error" error="failed to setup network for sandbox \"ab\": plugin failed"`;
const NEW = String.raw`time="2026-09-01T11:59:40Z" level=error msg="RunPodSandbox for name:\"web-0\"  uid:\"7d1f\"  namespace:\"shop\" failed, error" error="rpc error: code = Unknown desc = failed"`;
const MOUNT = String.raw`E0901 11:59:40.000000    4244 nestedpendingoperations.go:348] Operation for "{volumeName:kubernetes.io/csi/smb^x podName: nodeName:}" failed. No retries permitted until later (durationBeforeRetry 2m2s). Error: MountVolume.MountDevice failed for volume "pv" (UniqueName: "kubernetes.io/csi/smb^x") pod "web-0" (UID: "7d1f") : rpc error: NewSmbGlobalMapping failed`;

test('the kubelet gives a sandbox up in the words of its event', t => {
  t.deepEqual(podErrorOf('sandbox-failed', SYNC), {
    pod: '7d1f',
    text: 'Failed to create pod sandbox: rpc error: code = Unknown desc = hcs::CreateComputeSystem 1a: The requested operation for attach namespace failed.: unknown',
  });
  t.is(podErrorOf('container-failed', SYNC), undefined);
});

test('a container that does not start is one thing, and one that ends again and again another', t => {
  t.deepEqual(podErrorOf('container-failed', START), {
    pod: '7d1f',
    text: 'failed to start containerd task "iis": 0xc0370101',
  });
  t.is(podErrorOf('container-failed', BACK_OFF), undefined);
});

test('containerd names the pod of a sandbox in two forms', t => {
  t.deepEqual(podErrorOf('sandbox-failed', OLD), {
    pod: '7d1f',
    text: 'Failed to create pod sandbox: failed to setup network for sandbox "ab": plugin failed',
  });
  t.deepEqual(podErrorOf('sandbox-failed', NEW), {
    pod: '7d1f',
    text: 'Failed to create pod sandbox: rpc error: code = Unknown desc = failed',
  });
});

test('a mount that failed names its pod', t => {
  const error = podErrorOf('mount-failed', MOUNT);
  t.is(error?.pod, '7d1f');
  t.regex(error?.text ?? '', /^MountVolume\.MountDevice failed for volume "pv".*NewSmbGlobalMapping failed$/);
});

test('any other line is none, and no line is slow', t => {
  assert(
    property(
      constantFrom('sandbox-failed', 'container-failed', 'mount-failed'),
      constantFrom(SYNC, START, OLD, MOUNT),
      nat(600),
      (kind, line, cut) => {
        const error = podErrorOf(kind, line.slice(0, cut));
        return error === undefined || error.pod.length > 0;
      },
    ),
  );
  const long = 'MountVolume.a failed for volume '.repeat(500) + '\\'.repeat(9000);
  t.is(podErrorOf('mount-failed', long), undefined);
  t.is(podErrorOf('sandbox-failed', `msg="RunPodSandbox for ${'\\"'.repeat(8000)}`), undefined);
});
