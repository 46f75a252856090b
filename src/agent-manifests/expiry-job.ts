import {EXPIRY_ENV} from '../protocol/environment.ts';
import {AGENT_CONTAINER, AGENT_NAMESPACE} from '../protocol/names.ts';
import {commonLabels} from './labels.ts';
import {EXPIRY} from './role-names.ts';
import type {AgentSettings, ManifestObject} from './settings.ts';

/** How long after the end of the time a pod may need to get to its one request. */
const GRACE_SECONDS = 300;

/** When it ends, and what the clocks of others make of it. */
export interface Expiry {
  ttlSeconds: number;
  /** RFC 3339. */
  at: string;
}

/**
 * What removes everything when `--ttl` is over, in two ways that need nothing of each other:
 * - a pod that waits and then deletes the namespace, the only thing that its account may do;
 * - the Job itself, which owns every other object of the namespace. Its deadline ends it, its own time to live removes it
 *   (https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/), and with it goes what it owns: even
 *   where no pod ever ran, nothing of use is left, only an empty namespace.
 * The ClusterRole and its binding belong to the namespace and go with it.
 */
export function expiryJob(
  {image, os: [os = 'windows'], ...settings}: AgentSettings,
  expiry: Expiry,
): ManifestObject {
  const folder = os === 'windows' ? '%CONTAINER_SANDBOX_MOUNT_POINT%\\account' : '/account';
  const program =
    os === 'windows' ? '%CONTAINER_SANDBOX_MOUNT_POINT%\\kubectl-win-agent.exe' : '/kubectl-win-agent';
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name: EXPIRY, namespace: AGENT_NAMESPACE, labels: commonLabels()},
    spec: {
      activeDeadlineSeconds: expiry.ttlSeconds + GRACE_SECONDS,
      ttlSecondsAfterFinished: 0,
      backoffLimit: 100,
      template: {
        metadata: {labels: {...commonLabels(), 'kubectl-win/role': 'expiry'}},
        spec: {
          os: {name: os},
          restartPolicy: 'OnFailure',
          serviceAccountName: EXPIRY,
          automountServiceAccountToken: false,
          enableServiceLinks: true,
          hostNetwork: true,
          nodeSelector: {'kubernetes.io/os': os, ...settings.nodeSelector},
          tolerations: settings.tolerations,
          ...(settings.pullSecrets.length > 0 && {
            imagePullSecrets: settings.pullSecrets.map(name => ({name})),
          }),
          ...(os === 'windows' && {
            securityContext: {
              windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\LocalService'},
            },
          }),
          containers: [
            {
              name: AGENT_CONTAINER,
              image,
              imagePullPolicy: 'IfNotPresent',
              command: [program],
              args: ['expire'],
              env: [
                {name: EXPIRY_ENV.at, value: expiry.at},
                {name: EXPIRY_ENV.account, value: folder},
              ],
              resources: {
                requests: {cpu: '1m', memory: '64Mi'},
                limits: {cpu: '100m', memory: '200Mi'},
              },
              ...(os === 'linux' && {
                securityContext: {
                  runAsUser: 65_534,
                  allowPrivilegeEscalation: false,
                  capabilities: {drop: ['ALL']},
                  readOnlyRootFilesystem: true,
                  seccompProfile: {type: 'RuntimeDefault'},
                },
              }),
              volumeMounts: [{name: 'account', mountPath: '/account', readOnly: true}],
            },
          ],
          volumes: [{name: 'account', projected: {sources: accountSources(expiry)}}],
        },
      },
    },
  };
}

/** A token for this account alone, as long as it is of use, and the authority to check the API server by. */
function accountSources({ttlSeconds}: Expiry): object[] {
  return [
    {serviceAccountToken: {path: 'token', expirationSeconds: Math.max(600, Math.min(ttlSeconds, 3600))}},
    {configMap: {name: 'kube-root-ca.crt', items: [{key: 'ca.crt', path: 'ca.crt'}]}},
  ];
}
