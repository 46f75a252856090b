import {AGENT_KEY_FOLDER} from '../protocol/environment.ts';
import {AGENT_CONTAINER, AGENT_KEY_SECRET} from '../protocol/names.ts';
import {healthProbes} from './health-probes.ts';
import {commonEnv} from './pod-env.ts';
import type {AgentSettings} from './settings.ts';

/**
 * The container's root on the host. containerd 1.6 mounts below it only, 1.7 and later at the exact path as well, so
 * everything is named through it (https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/).
 */
const ROOT = '%CONTAINER_SANDBOX_MOUNT_POINT%';

/** Spec of the agent's pods on Windows: a HostProcess container as SYSTEM, as HNS, HCS and containerd answer to nobody less. */
export function windowsPod({image, ...settings}: AgentSettings): object {
  return {
    // At the pod's level: kubelets 1.23 and 1.24 ignored the container's.
    securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}},
    containers: [
      {
        name: AGENT_CONTAINER,
        image,
        imagePullPolicy: 'IfNotPresent',
        command: [`${ROOT}\\kubectl-win-agent.exe`],
        args: ['serve'],
        env: [
          ...commonEnv(settings),
          // Native add-ons are unpacked where no other user of the node can write.
          {name: 'PKG_NATIVE_CACHE_PATH', value: `${ROOT}\\cache`},
        ],
        resources: {
          requests: {cpu: '10m', memory: '100Mi'},
          // A limit of memory holds for all processes of the job: collectors have children.
          limits: {cpu: '500m', memory: '400Mi'},
        },
        ...healthProbes(),
        volumeMounts: [{name: 'key', mountPath: AGENT_KEY_FOLDER, readOnly: true}],
      },
    ],
    volumes: [{name: 'key', secret: {secretName: AGENT_KEY_SECRET}}],
  };
}
