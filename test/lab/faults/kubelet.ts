import type {Fault} from './fault.ts';
import type {Injector} from './injector.ts';
import {crashing, podEvent, unready, waiting, windows} from './objects.ts';

const IMAGE = 'shop.example/broken:1.0';
const starting = waiting('ContainerCreating');
const operatingSystemDiffers =
  'failed to create containerd task: hcs::CreateComputeSystem web: The container operating system does not match the host operating system.: unknown';

async function broken(into: Injector, status: object, image?: string): Promise<void> {
  await into.create(
    windows(
      'broken',
      spec => {
        if (image !== undefined) spec.containers[0].image = image;
      },
      {status},
    ),
  );
}

async function event(into: Injector, reason: string, message: string, count?: number): Promise<void> {
  await broken(into, starting);
  await into.create(podEvent('broken', reason, message, count));
}

/** What the scene's DaemonSet pods report; they are made anew afterwards. */
async function daemonUnready(into: Injector, namespace: string, selector: string): Promise<void> {
  const document = {
    apiVersion: 'lab.kubectl-win/v1',
    kind: 'PodStatus',
    metadata: {namespace, name: selector},
  };
  await into.run(
    async ({api}) => {
      const {setPodStatus} = await import('../scene/pod-status.ts');
      await setPodStatus(api, {...document, spec: {selector}, status: unready()});
    },
    async ({api}) => {
      await api.send(
        'DELETE',
        `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector)}`,
        {
          gracePeriodSeconds: 0,
        },
      );
    },
  );
}

/** Faults that kubelets report of pods: images, sandboxes, starts, crashes, mounts. */
export const kubeletFaults: readonly Fault[] = [
  {
    id: 'IMG001',
    title: 'an image of Windows Server 2025 is on a node of 2022',
    inject: async into =>
      broken(into, starting, 'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2025'),
  },
  {
    id: 'IMG002',
    title: 'an image has no variant for the build of the node',
    inject: async into =>
      broken(
        into,
        waiting(
          'ErrImagePull',
          `failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`,
        ),
        IMAGE,
      ),
  },
  {
    id: 'IMG003',
    title: 'HCS refuses an image of another build',
    inject: async into => broken(into, waiting('RunContainerError', operatingSystemDiffers), IMAGE),
  },
  {
    id: 'IMG011',
    title: 'the registry refuses the credentials of a pull',
    inject: async into =>
      broken(
        into,
        waiting(
          'ErrImagePull',
          'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
        ),
        IMAGE,
      ),
  },
  {
    id: 'IMG012',
    title: 'Windows cannot load a program of another architecture',
    inject: async into =>
      broken(
        into,
        waiting(
          'RunContainerError',
          'hcs::System::CreateProcess web: %1 is not a valid Win32 application.: unknown',
        ),
        IMAGE,
      ),
  },
  {
    id: 'IMG013',
    title: 'a workload of an image for Windows Server 2019 can be placed nowhere',
    inject: async into =>
      into.create(
        windows(
          'old-image',
          spec =>
            (spec.containers[0].image =
              'mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2019'),
          {replicas: 0},
        ),
      ),
  },
  {
    id: 'KBL001',
    title: 'HNS cannot attach the namespace of a sandbox',
    inject: async into =>
      event(
        into,
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to create containerd task: hcs::CreateComputeSystem 8e43: The requested operation for attach namespace failed.: unknown',
      ),
  },
  {
    id: 'KBL002',
    title: 'the program of a container is not in its image',
    inject: async into =>
      broken(
        into,
        waiting(
          'RunContainerError',
          'failed to create containerd task: hcs::System::CreateProcess web: The system cannot find the file specified.: unknown',
        ),
        IMAGE,
      ),
  },
  {
    id: 'KBL003',
    title: 'a program ends for want of a DLL, again and again',
    inject: async into => broken(into, crashing(-1_073_741_515), IMAGE),
  },
  {
    id: 'KBL004',
    title: 'a ConfigMap that a pod mounts is not there',
    inject: async into =>
      event(
        into,
        'FailedMount',
        'MountVolume.SetUp failed for volume "settings" : configmap "web-settings" not found',
      ),
  },
  {
    id: 'KBL006',
    title: 'a finalizer keeps a pod from going',
    inject: async into => {
      const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'held', namespace: 'shop'}};
      const {template} = windows('held')['spec'];
      await into.run(
        async ({api}) => {
          const annotations = {'lab.kubectl-win/by-hand': 'true'};
          await api.create({
            ...pod,
            metadata: {...pod.metadata, annotations, finalizers: ['example.test/hold']},
            spec: template.spec,
          });
          await api.patch(pod, {status: unready()}, 'status');
          await api.remove(pod);
        },
        async ({api}) => {
          await api.patch(pod, {metadata: {finalizers: null}});
          await api.remove(pod);
        },
      );
    },
  },
  {
    id: 'KBL007',
    title: 'a container ends for want of memory',
    inject: async into => broken(into, crashing(-1_073_741_801), IMAGE),
  },
  {
    id: 'KBL008',
    title: 'a node has no pod address left',
    inject: async into =>
      event(
        into,
        'FailedCreatePodSandBox',
        'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "8e43": failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
      ),
  },
  {
    id: 'EVT001',
    title: 'one warning comes hundreds of times an hour',
    inject: async into => {
      await into.create(windows('noisy'));
      await into.create(podEvent('noisy', 'Unhealthy', 'Readiness probe warning: status 301', 900));
    },
  },
  {
    id: 'CNI006',
    title: 'the pods of flannel on Windows are not ready',
    inject: async into => daemonUnready(into, 'kube-flannel', 'app=flannel-windows'),
  },
  {
    id: 'CNI007',
    title: 'the pods of kube-proxy on Windows are not ready',
    inject: async into => daemonUnready(into, 'kube-system', 'k8s-app=kube-proxy-windows'),
  },
];
