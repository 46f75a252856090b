import {integerOrText, isRecord, mapOf} from '../../src/kube/shape.ts';
import {SHAPES} from '../../src/kube/shapes.ts';
import type {LabelSelector, Pod} from '../../src/kube/types.ts';
import {UserError} from '../errors.ts';
import {ApiStatusError} from '../kube/api-error.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {parseAnswer, readPages} from '../kube/list.ts';
import type {KindOfTarget, NamedTarget} from './kinds.ts';

/** Which pods are wanted: a list of the API, and its query. */
export interface PodQuery {
  /** Of every namespace where absent. */
  namespace: string | undefined;
  query: Record<string, string>;
}

/** What flags say of the pods. */
export interface Wanted {
  target: NamedTarget | undefined;
  namespace: string | undefined;
  selector: string | undefined;
}

/** Turns a target into a query for its pods. Throws a `UserError` where there is no such object. */
export async function podQuery(
  reader: ApiReader,
  {target, namespace, selector}: Wanted,
  signal: AbortSignal,
): Promise<PodQuery> {
  if (!target) return {namespace, query: selector === undefined ? {} : {labelSelector: selector}};
  const {kind, name} = target;
  if (kind.by === 'name') return {namespace, query: {fieldSelector: `metadata.name=${name}`}};
  const object = await objectOf(reader, {kind, target, namespace}, signal);
  const labelSelector =
    kind.by === 'jobs' ? await jobsOf(reader, {uid: uidOf(object), namespace}, signal) : selectorOf(object);
  if (labelSelector === '') {
    throw new UserError(`${target.typed} selects no pods, so it has no logs`, {code: 'no-pods'});
  }
  return {namespace, query: {labelSelector}};
}

/** The pods of a query, as they are now. */
export async function podsOf(reader: ApiReader, pods: PodQuery, signal: AbortSignal): Promise<Pod[]> {
  const found: Pod[] = [];
  await readPages(
    reader,
    {path: podsPath(pods), query: pods.query},
    {
      signal,
      take: ({items, restarted}) => {
        if (restarted) found.length = 0;
        for (const item of items) found.push(...(podFrom(item) ?? []));
      },
    },
  );
  return found;
}

/** Path of a list of pods. */
export function podsPath({namespace}: PodQuery): string {
  return namespace === undefined
    ? '/api/v1/pods'
    : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}

/** Reads a pod as the API has it; none where it is no pod. */
export function podFrom(item: unknown): [Pod] | undefined {
  const pod = SHAPES.pods(item, '', undefined);
  if (!pod) return undefined;
  const {nodeName} = pod.spec;
  return [nodeName === undefined ? pod : {...pod, nodeName}];
}

async function objectOf(
  reader: ApiReader,
  {
    kind,
    target,
    namespace,
  }: {kind: Exclude<KindOfTarget, {by: 'name'}>; target: NamedTarget; namespace: string | undefined},
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const path = `${listPath(kind.group, kind.plural, namespace)}/${encodeURIComponent(target.name)}`;
  try {
    const {text} = await reader.get(path, {signal});
    return parseAnswer(text, path);
  } catch (error) {
    if (!(error instanceof ApiStatusError) || error.status !== 404) throw error;
    throw new UserError(`there is no ${target.typed} in namespace ${namespace ?? 'default'}`, {
      code: 'no-target',
      fix: [`kubectl get ${kind.plural} --all-namespaces`],
      cause: error,
    });
  }
}

function listPath(group: string, plural: string, namespace: string | undefined): string {
  const root = group === 'v1' ? '/api/v1' : `/apis/${group}`;
  return `${root}/namespaces/${encodeURIComponent(namespace ?? 'default')}/${plural}`;
}

/** Services select by a plain map, all others by a LabelSelector; as text, in the form of the API. */
function selectorOf(object: Record<string, unknown>): string {
  const spec = isRecord(object['spec']) ? object['spec'] : {};
  const selector = isRecord(spec['selector']) ? spec['selector'] : {};
  const isPlain = !isRecord(selector['matchLabels']) && !Array.isArray(selector['matchExpressions']);
  const whole: LabelSelector = isPlain ? {matchLabels: labelsOf(selector)} : selector;
  return [
    ...Object.entries(labelsOf(whole.matchLabels)).map(([key, value]) => `${key}=${value}`),
    ...(whole.matchExpressions ?? []).map(({key, operator, values = []}) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
    }),
  ].join(',');
}

const labels = mapOf(integerOrText);

function labelsOf(value: unknown): Record<string, string> {
  const read = labels(value, '', undefined) ?? {};
  return Object.fromEntries(Object.entries(read).map(([key, text]) => [key, String(text)]));
}

/** Selects the pods of the Jobs that a CronJob owns. */
async function jobsOf(
  reader: ApiReader,
  {uid, namespace}: {uid: string; namespace: string | undefined},
  signal: AbortSignal,
): Promise<string> {
  const jobs: string[] = [];
  const path = listPath('batch/v1', 'jobs', namespace);
  await readPages(
    reader,
    {path},
    {
      signal,
      take({items, restarted}) {
        if (restarted) jobs.length = 0;
        for (const item of items) {
          const job = SHAPES.jobs(item, '', undefined);
          if (job?.metadata.ownerReferences?.some(o => o.uid === uid)) jobs.push(job.metadata.name);
        }
      },
    },
  );
  return jobs.length === 0 ? '' : `job-name in (${jobs.join(',')})`;
}

function uidOf({metadata}: Record<string, unknown>): string {
  const uid = isRecord(metadata) ? metadata['uid'] : undefined;
  return typeof uid === 'string' ? uid : '';
}
