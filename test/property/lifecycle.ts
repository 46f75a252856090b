import {ago} from '../helpers/raw.ts';
import {pod} from '../helpers/raw-pods.ts';
import type {Json, Raw} from '../helpers/raw.ts';
import {creating, deleting} from '../helpers/sick-pods.ts';
import type {Program} from './plan.ts';

/** A pod whose containers have ended. */
export function finished(of: Json, exitCode: number, secondsAgo: number): Json {
  of.status.phase = exitCode === 0 ? 'Succeeded' : 'Failed';
  for (const c of of.status.conditions) {
    if (c.type.endsWith('Ready'))
      Object.assign(c, {status: 'False', reason: exitCode === 0 ? 'PodCompleted' : 'PodFailed'});
  }
  for (const s of of.status.containerStatuses) {
    const reason = exitCode === 0 ? 'Completed' : 'Error';
    Object.assign(s, {
      ready: false,
      started: false,
      state: {terminated: {exitCode, reason, startedAt: ago(secondsAgo + 60), finishedAt: ago(secondsAgo)}},
    });
  }
  return of;
}

/** A Job with its pods: completed at once, completed at its second try, or made by a CronJob. */
export function jobOf(
  {kind}: Program,
  {at, spec, nodes}: {at: {namespace: string; name: string}; spec: Json; nodes: string[]},
): Raw[] {
  const template = {
    metadata: {labels: {app: at.name}, creationTimestamp: null},
    spec: {...spec, restartPolicy: 'Never'},
  };
  const cron = kind === 'cron-job';
  const name = cron ? `${at.name}-29375640` : at.name;
  const job: Raw = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      namespace: at.namespace,
      name,
      uid: `job-${name}`,
      creationTimestamp: ago(3600),
      ...(cron && {
        ownerReferences: [
          {apiVersion: 'batch/v1', kind: 'CronJob', name: at.name, uid: 'c', controller: true},
        ],
      }),
    },
    spec: {parallelism: 1, completions: 1, backoffLimit: 6, template},
    status: {
      succeeded: 1,
      failed: kind === 'job-retried' ? 1 : 0,
      conditions: [{type: 'Complete', status: 'True'}],
    },
  };
  const codes = kind === 'job-retried' ? [1, 0] : [0];
  const pods = codes.flatMap((code, i) => {
    const node = nodes[i % Math.max(1, nodes.length)];
    if (node === undefined) return [];
    const made: Json = pod(
      {namespace: at.namespace, name: `${name}-x${i}`},
      structuredClone(template.spec),
      node,
    );
    made.metadata.labels = {app: at.name, 'job-name': name};
    made.metadata.ownerReferences = [
      {apiVersion: 'batch/v1', kind: 'Job', name, uid: job.metadata['uid'], controller: true},
    ];
    return [finished(made, code, 3000 - 600 * i)];
  });
  const schedule: Raw[] = cron
    ? [
        {
          apiVersion: 'batch/v1',
          kind: 'CronJob',
          metadata: at,
          spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template}}},
          status: {},
        },
      ]
    : [];
  return [...schedule, ...(pods.length > 0 || !cron ? [job] : []), ...pods];
}

/** A roll-out under way: the first pod ends within its grace, and its successor is being made for 20 s. */
export function replaced(objects: Raw[]): Raw[] {
  const old = objects.find(o => o.kind === 'Pod');
  if (!old) return objects;
  const successor: Json = structuredClone(old);
  deleting(old, -15);
  successor.metadata.name += '-new';
  successor.metadata.uid += '-new';
  fresh(successor);
  return [...objects, successor];
}

/** A workload scaled up a moment ago: its last pod is being made beside the others. */
export function starting(objects: Raw[]): Raw[] {
  const last: Json = objects.findLast(o => o.kind === 'Pod');
  if (last) fresh(last);
  return objects;
}

/** A node of it is being drained: one pod ends, within its grace. */
export function leaving(objects: Raw[]): Raw[] {
  const pods: Json[] = objects.filter(o => o.kind === 'Pod');
  if (pods.length > 1) deleting(pods[0], -20);
  return objects;
}

function fresh(made: Json): void {
  creating(made);
  made.metadata.creationTimestamp = ago(20);
  made.status.startTime = ago(20);
  for (const c of made.status.conditions) c.lastTransitionTime = ago(20);
}
