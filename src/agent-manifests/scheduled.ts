import {AGENT_NAMESPACE} from '../protocol/names.ts';
import type {PolicyRule} from '../kube/types.ts';
import {viewRules} from './cluster-roles.ts';
import {commonLabels} from './labels.ts';
import {ROLES} from './role-names.ts';
import type {ManifestObject} from './settings.ts';

/** A command of this program that a cluster runs from time to time. */
export interface Scheduled {
  /** Of all its objects. */
  readonly name: string;
  /** Label of all its objects. */
  readonly component: string;
  readonly container: string;
  /** Image that has kubectl-win. */
  readonly image: string;
  /** As cron has it, in UTC unless the cluster says otherwise. */
  readonly cron: string;
  readonly args: readonly string[];
  /** What it may do beside what doctor reads and writing Events. */
  readonly rules?: readonly PolicyRule[];
}

const RBAC = 'rbac.authorization.k8s.io';
/** No run needs as long; the next one starts anew. */
const DEADLINE_SECONDS = 900;

/**
 * A CronJob in the agents' namespace, under an account of its own: it reads what doctor reads, reaches the agents, and writes Events and what `rules`
 * say, nothing else. Nothing is left running between runs.
 */
export function scheduled(job: Scheduled): ManifestObject[] {
  const {name, component, cron, rules = []} = job;
  const subjects = [{kind: 'ServiceAccount', name, namespace: AGENT_NAMESPACE}];
  const labels = {...commonLabels(), 'app.kubernetes.io/component': component};
  return [
    {apiVersion: 'v1', kind: 'ServiceAccount', metadata: {name, namespace: AGENT_NAMESPACE, labels}},
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: {name, labels},
      rules: [
        ...viewRules(),
        // Server-side apply is a patch that also asks for `create` where there is nothing yet.
        {apiGroups: [''], resources: ['events'], verbs: ['get', 'create', 'patch']},
        ...rules,
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: {name, labels},
      roleRef: {apiGroup: RBAC, kind: 'ClusterRole', name},
      subjects,
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: {name, namespace: AGENT_NAMESPACE, labels},
      roleRef: {apiGroup: RBAC, kind: 'Role', name: ROLES.use},
      subjects,
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: {name, namespace: AGENT_NAMESPACE, labels},
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
            template: {metadata: {labels}, spec: podSpec(job)},
          },
        },
      },
    },
  ];
}

function podSpec({name, container, image, args}: Scheduled): object {
  return {
    os: {name: 'linux'},
    nodeSelector: {'kubernetes.io/os': 'linux'},
    restartPolicy: 'Never',
    serviceAccountName: name,
    securityContext: {runAsNonRoot: true, runAsUser: 65_532, seccompProfile: {type: 'RuntimeDefault'}},
    containers: [
      {
        name: container,
        image,
        imagePullPolicy: 'IfNotPresent',
        args: [...args],
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
