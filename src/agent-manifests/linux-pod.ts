import {AGENT_ENV, AGENT_KEY_FOLDER} from '../protocol/environment.ts';
import {AGENT_CONTAINER, AGENT_KEY_SECRET} from '../protocol/names.ts';
import {healthProbes} from './health-probes.ts';
import {commonEnv} from './pod-env.ts';
import type {AgentSettings} from './settings.ts';

const HOST = '/host';

/**
 * Spec of the agent's pods on Linux: root with CAP_SYS_ADMIN, which setns wants, and nothing more; no hostPID. The node's
 * file system is seen read-only as a whole, as node_exporter has it: a mount for each socket that some runtime may have
 * would make the folders of all others on every node. Network namespaces that appear later are seen, too.
 */
export function linuxPod({image, openShift, ...settings}: AgentSettings): object {
  return {
    containers: [
      {
        name: AGENT_CONTAINER,
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['/kubectl-win-agent'],
        args: ['serve'],
        env: [
          ...commonEnv(settings),
          {name: AGENT_ENV.hostRoot, value: HOST},
          {name: 'PKG_NATIVE_CACHE_PATH', value: '/cache'},
          // The image holds one program; nothing else is found by its name.
          {name: 'PATH', value: '/'},
        ],
        resources: {
          requests: {cpu: '10m', memory: '100Mi'},
          limits: {cpu: '500m', memory: '400Mi'},
        },
        securityContext: {
          runAsUser: 0,
          runAsNonRoot: false,
          allowPrivilegeEscalation: true,
          capabilities: {drop: ['ALL'], add: ['SYS_ADMIN']},
          readOnlyRootFilesystem: true,
          seccompProfile: {type: 'RuntimeDefault'},
          // SELinux lets an ordinary container neither read the node's files nor open a runtime's socket.
          ...(openShift && {seLinuxOptions: {type: 'spc_t'}}),
        },
        ...healthProbes(),
        volumeMounts: [
          {name: 'key', mountPath: AGENT_KEY_FOLDER, readOnly: true},
          {name: 'host', mountPath: HOST, readOnly: true, mountPropagation: 'HostToContainer'},
          // Sockets of container runtimes and network namespaces, under their own names.
          {name: 'run', mountPath: '/run', readOnly: true, mountPropagation: 'HostToContainer'},
          {name: 'cache', mountPath: '/cache'},
        ],
      },
    ],
    volumes: [
      {name: 'key', secret: {secretName: AGENT_KEY_SECRET, defaultMode: 0o400}},
      {name: 'host', hostPath: {path: '/', type: 'Directory'}},
      {name: 'run', hostPath: {path: '/run', type: 'Directory'}},
      {name: 'cache', emptyDir: {medium: 'Memory', sizeLimit: '64Mi'}},
    ],
  };
}
