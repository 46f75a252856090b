import {ago, event} from '../../helpers/raw.ts';
import {crashing, creating, deleting, waiting} from '../../helpers/sick-pods.ts';
import type {Json} from '../../helpers/raw.ts';
import type {Fault, Patient} from './patient.ts';
import {podsOf, sicken, told} from './patient.ts';

/** The pods wait in ContainerCreating, and the kubelet says why. */
const stuck = (id: string, fault: string, reason: string, message: string): Fault => ({
  id,
  fault,
  inject: patient => {
    told(patient, pod =>
      event(pod, reason, message, {count: 40, first: ago(3000), last: ago(20), host: pod.spec.nodeName}),
    );
    return sicken(patient, creating);
  },
});

const pull = (id: string, fault: string, message: string): Fault => ({
  id,
  fault,
  inject: patient => {
    told(patient, pod =>
      event(pod, 'Failed', `Failed to pull image "${pod.spec.containers[0].image}": ${message}`, {
        count: 12,
        first: ago(3000),
        last: ago(20),
      }),
    );
    return sicken(patient, pod => {
      creating(pod);
      waiting(pod, 'ErrImagePull', message);
    });
  },
});

/** The pods wait for a node, as the scheduler says. */
function pend(patient: Patient, message: string, edit: (spec: Json) => void): string {
  const {cluster, namespace, name} = patient;
  cluster.change('Deployment', `${namespace}/${name}`, d => edit(d.spec.template.spec));
  told(patient, pod =>
    event(pod, 'FailedScheduling', message, {
      component: 'default-scheduler',
      last: ago(20),
      first: ago(3000),
    }),
  );
  return sicken(patient, pod => {
    edit(pod.spec);
    delete pod.spec.nodeName;
    pod.status = {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
          lastTransitionTime: ago(3000),
        },
      ],
    };
  });
}

/** Faults that show in the states of pods and in events. */
export const POD_FAULTS: readonly Fault[] = [
  {
    id: 'KBL003',
    fault: 'a program that lacks a library',
    inject: patient => sicken(patient, pod => crashing(pod, -1_073_741_515)),
  },
  stuck(
    'KBL001',
    'no sandbox',
    'FailedCreatePodSandBox',
    'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "abc": plugin type="sdnbridge" failed (add): hcnCreateEndpoint failed in Win32: The parameter is incorrect. (0x57)',
  ),
  stuck(
    'KBL004',
    'a mount that fails',
    'FailedMount',
    'MountVolume.SetUp failed for volume "config" : configmap "settings" not found',
  ),
  pull(
    'IMG002',
    'an image for Linux only',
    'failed to pull and unpack image "docker.io/library/redis:7.4": no match for platform in manifest: not found',
  ),
  pull(
    'IMG011',
    'an image that needs a password',
    'failed to pull and unpack image "registry.example.test/shop/web:1.4.2": failed to resolve reference: pull access denied, repository does not exist or may require authorization: authorization failed: 401 Unauthorized',
  ),
  {
    id: 'SCH004',
    fault: 'a selector that no node meets',
    inject: patient =>
      pend(
        patient,
        "0/5 nodes are available: 5 node(s) didn't match Pod's node affinity/selector.",
        s => (s.nodeSelector['disk'] = 'ssd'),
      ),
  },
  {
    id: 'SCH003',
    fault: 'a taint that is not tolerated',
    inject: patient => {
      if (!patient.plan.tainted && patient.plan.provider !== 'gke') return undefined;
      return pend(
        patient,
        '0/5 nodes are available: 2 node(s) had untolerated taint {os: windows}.',
        s => (s.tolerations = []),
      );
    },
  },
  {
    id: 'SCH012',
    fault: 'more processors than any node has',
    inject: patient =>
      pend(
        patient,
        '0/5 nodes are available: 5 Insufficient cpu.',
        s => (s.containers[0].resources.requests.cpu = '64'),
      ),
  },
  {
    id: 'KBL006',
    fault: 'a pod that does not end',
    inject: patient => {
      const [pod] = podsOf(patient.cluster, patient.namespace, patient.name);
      deleting(pod, 3600);
      return `Pod/${patient.namespace}/${pod.metadata.name}`;
    },
  },
  {
    id: 'IMG001',
    fault: 'an image of a newer Windows',
    inject: patient => {
      const image = 'mcr.microsoft.com/windows/servercore:ltsc2025';
      const message =
        'hcs::CreateComputeSystem app: The container operating system does not match the host operating system.';
      patient.cluster.changeSpec(
        'Deployment',
        `${patient.namespace}/${patient.name}`,
        s => (s.containers[0].image = image),
      );
      told(patient, pod => event(pod, 'Failed', message, {last: ago(20), first: ago(3000)}));
      return sicken(patient, pod => {
        waiting(pod, 'RunContainerError', message);
        pod.status.containerStatuses[0].image = image;
      });
    },
    also: ['IMG013'],
  },
  {
    id: 'SVC012',
    fault: 'a Service of pods that are all unready',
    inject: patient => {
      sicken(patient, pod => {
        for (const c of pod.status.conditions) if (c.type.endsWith('Ready')) c.status = 'False';
        pod.status.containerStatuses[0].ready = false;
      });
      return `Service/${patient.namespace}/${patient.name}`;
    },
  },
];
