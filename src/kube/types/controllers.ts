import type {Condition, KubeObject, LabelSelector} from './object.ts';
import type {PodTemplate} from './pod.ts';
import type {PersistentVolumeClaim} from './storage.ts';

/** Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, ReplicationController: what holds a pod template. */
export interface Controller extends KubeObject {
  spec: {
    replicas?: number;
    parallelism?: number;
    completions?: number;
    suspend?: boolean;
    selector?: LabelSelector;
    template?: PodTemplate;
    volumeClaimTemplates?: PersistentVolumeClaim[];
  };
  status: {
    replicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    desiredNumberScheduled?: number;
    numberReady?: number;
    numberUnavailable?: number;
    numberMisscheduled?: number;
    active?: number;
    failed?: number;
    conditions?: Condition[];
  };
}

export interface CronJob extends KubeObject {
  kind: 'CronJob';
  spec: {suspend?: boolean; jobTemplate?: {spec?: {template?: PodTemplate}}};
}
