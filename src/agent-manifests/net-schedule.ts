import {AGENT_NAMESPACE} from '../protocol/names.ts';
import {viewRules} from './cluster-roles.ts';
import {commonLabels} from './labels.ts';
import {ROLES} from './role-names.ts';
import type {ManifestObject} from './settings.ts';

/** What a scheduled `net check` is told. */
export interface NetSchedule {
  /** Image that has kubectl-win. */
  readonly image: string;
  /** As cron has it, in UTC unless the cluster says otherwise. */
  readonly cron: string;
  /** Where its metrics go. */
  readonly pushGateway: string;
}

const NAME = 'kubectl-win-net';
const RBAC = 'rbac.authorization.k8s.io';
/** No run needs as long; the next one starts anew. */
const DEADLINE_SECONDS = 900;

/**
 * A CronJob that runs `net check` in the agents' namespace, under an account of its own: it reads what doctor reads, reaches the agents, and writes Events,
 * nothing else. Nothing is left running between runs.
 */
export function netSchedule({image, cron, pushGateway}: NetSchedule): ManifestObject[] {
  const subjects = [{kind: 'ServiceAccount', name: NAME, namespace: AGENT_NAMESPACE}];
  const labels = {...commonLabels(), 'app.kubernetes.io/component': 'net'};
  const clusterBinding = (name: string, role: string): ManifestObject => ({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: {name, labels},
    roleRef: {apiGroup: RBAC, kind: 'ClusterRole', name: role},
    subjects,
  });
  return [
    {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name: NAME, namespace: AGENT_NAMESPACE, labels}},
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: {name: NAME, labels},
      rules: [
        ...viewRules(),
        // Server-side apply is a patch that also asks for `create` where there is nothing yet.
        {apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch']},
      ],
    },
    clusterBinding(NAME, NAME),
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: {name: NAME, namespace: AGENT_NAMESPACE, labels},
      roleRef: {apiGroup: RBAC, kind: 'Role', name: ROLES.use},
      subjects,
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {name: NAME, namespace: AGENT_NAMESPACE, labels},
      spec: {
        schedule: cron,
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 1,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: DEADLINE_SECONDS,
            template: {metadata: {labels}, spec: podSpec(image, pushGateway)},
          },
        },
      },
    },
  ];
}

function podSpec(image: string, pushGateway: string): object {
  return {
    os: {name: 'linux'},
    nodeSelector: {'kubernetes.io/os': 'linux'},
    restartPolicy: 'Never',
    serviceAccountName: NAME,
    securityContext: {runAsNonRoot: true, runAsUser: 65_532, seccompProfile: {type: 'RuntimeDefault'}},
    containers: [
      {
        name: 'net-check',
        image,
        imagePullPolicy: 'IfNotPresent',
        args: ['net', 'check', '-o', 'openmetrics', '--events', '--push-gateway', pushGateway],
        // A fleet of 1,000 nodes stays below.
        resources: {requests: {cpu: '100m', memory: '256Mi'}, limits: {memory: '1Gi'}},
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: {drop: ['ALL']},
          readOnlyRootFilesystem: true,
        },
        env: [{name: 'HOME', value: '/tmp'}],
        volumeMounts: [{name: 'tmp', mountPath: '/tmp'}],
      },
    ],
    volumes: [{name: 'tmp', emptyDir: {sizeLimit: '64Mi'}}],
  };
}
