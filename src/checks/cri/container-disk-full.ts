import type {Pod} from '../../kube/types.ts';
import {isHostProcess} from '../../kube/containers.ts';
import type {ContainerVolume} from '../../node/volumes.ts';
import {missing} from '../../snapshot/evidence.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {once} from '../../once/once.ts';

/** Share of the volume in percent; the kubelet's own threshold for a node's file system is `nodefs.available<10%`. */
const LOW = 15;
const GIB = 2 ** 30;

export default defineCheck({
  id: 'CRI016',
  name: 'container-disk-full',
  severity: 'warning',
  since: '0.1.0',
  title: 'Containers have little room left on drive C:',
  evidence: ['N'],
  needs: ['nodes', 'pods', 'node.cri.volumes'],
  perNode: true,
  docs: {
    what: `The room on the volume of each running container, as Windows tells it on the node, and fails where less than ${LOW} % of it is free. The size of its virtual disk file says nothing: that grows and never shrinks. HostProcess containers write to the node's own disk and are left out; those with Hyper-V isolation cannot be measured from the node.`,
    why: 'Drive C: of a Windows container has 20 GB, and all that it writes lies there. Once it is full, programs fail with `There is not enough space on the disk`, builds above all, while the disk of the node still has room.',
    fix: [
      'See what takes the room: `kubectl exec -n NAMESPACE POD -- cmd /c dir /s /a C:\\`.',
      'Put what the program writes on a volume: an `emptyDir` lies on the disk of the node and has its room. The kubelet has no field that makes drive C: itself larger.',
      'Make the pod anew: `kubectl delete pod POD -n NAMESPACE`; its container starts with an empty disk.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-storage#storage-limits',
      'https://github.com/containerd/containerd/issues/6694',
    ],
  },
  many: (fails, pods) =>
    `Containers of ${count(pods, 'pod')} have less than ${LOW} % of their drive C: left; ${fails[0]?.message ?? ''}`,
  *run(input) {
    const pods = podsByName(input.pods);
    yield* eachNode(input, ['node.cri.volumes'], function* ({node, facts, at}) {
      yield pass(node);
      for (const volume of facts['node.cri.volumes']) {
        const pod = pods.get(keyOf({namespace: volume.namespace, name: volume.pod}));
        if (!pod || isHostProcess(pod.spec)) continue;
        const {size, free, error} = volume;
        if (size === undefined || free === undefined || size <= 0) {
          const why = `container ${volume.container}: ${error ?? 'its volume says no size'}`;
          yield unknown(pod, 'node.cri.volumes', missing('failed', why));
        } else if ((free / size) * 100 >= LOW) yield pass(pod);
        else {
          yield fail(pod, {
            key: volume.container,
            cause: 'disk nearly full',
            message: messageOf(volume, size, free),
            evidence: [at('cri/volumes.json', `/${volume.index}/free`, free)],
          });
        }
      }
    });
  },
});

const podsByName = once(
  (pods: readonly Pod[]): ReadonlyMap<string, Pod> => new Map(pods.map(pod => [keyOf(pod.metadata), pod])),
);

function keyOf({namespace = '', name}: {namespace?: string; name: string}): string {
  return `${namespace}/${name}`;
}

function messageOf({namespace, pod, container}: ContainerVolume, size: number, free: number): string {
  const [left, whole] = [free, size].map(bytes => (bytes / GIB).toFixed(1));
  return `Container ${container} of pod ${namespace}/${pod} has ${left} of ${whole} GiB left on its drive C: (${Math.floor((free / size) * 100)} %)`;
}
