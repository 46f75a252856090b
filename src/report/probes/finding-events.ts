import {apiVersionOf, RESOURCES} from '../../kube/resources.ts';
import type {Resource, ResourceKey} from '../../kube/resources.ts';
import {text} from '../../kube/shape.ts';
import type {ObjectMeta} from '../../kube/types.ts';
import type {Snapshot} from '../../snapshot/snapshot.ts';
import {evidenceOf} from '../../snapshot/snapshot.ts';
import {hashOf} from '../../probes/draw.ts';
import type {Finding} from '../report.ts';

/** A core/v1 Event as it is applied; times and its count are the writer's. */
export interface FindingEvent {
  readonly apiVersion: 'v1';
  readonly kind: 'Event';
  readonly metadata: {readonly name: string; readonly namespace: string};
  readonly involvedObject: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
  };
  readonly type: 'Warning';
  /** In the API's camel case: `PathMtu` of the check `path-mtu`. */
  readonly reason: string;
  readonly message: string;
  readonly source: {readonly component: string};
  readonly reportingComponent: string;
}

/** The API server takes no longer message of an Event (https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/events.go). */
const MOST_CHARS = 1024;
/** Events about what has no namespace stand in this one. */
const CLUSTER_NAMESPACE = 'default';
const KINDS: ReadonlyMap<string, Resource> = new Map(
  RESOURCES.filter(r => r.key !== 'events').map(r => [r.kind, r]),
);

/**
 * One Event for each finding and each object of the API that it is of, the worst findings first. Its name follows from the finding's
 * fingerprint and the object, so that the next run meets the same one.
 */
export function eventsOf(
  findings: readonly Finding[],
  snapshot: Snapshot,
  component: string,
): FindingEvent[] {
  return findings
    .filter(f => f.severity !== 'info')
    .flatMap(finding =>
      finding.subjects.flatMap(({kind, name, namespace}) => {
        const resource = KINDS.get(kind);
        if (!resource) return [];
        const uid = uidOf(snapshot, resource.key, {name, namespace});
        const key = hashOf(`${finding.fingerprint} ${kind} ${namespace ?? ''}`)
          .toString(16)
          .padStart(8, '0');
        const event: FindingEvent = {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: {
            name: `${name}.${finding.id.toLowerCase()}.${key}`,
            namespace: namespace ?? CLUSTER_NAMESPACE,
          },
          involvedObject: {
            apiVersion: apiVersionOf(resource),
            kind,
            name,
            ...(namespace !== undefined && {namespace}),
            ...(uid !== undefined && {uid}),
          },
          type: 'Warning',
          reason: finding.name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
          message: `${finding.id}: ${finding.message}`.slice(0, MOST_CHARS),
          source: {component},
          reportingComponent: component,
        };
        return [event];
      }),
    );
}

function uidOf(
  snapshot: Snapshot,
  key: ResourceKey,
  {name, namespace}: {name: string; namespace: string | undefined},
): string | undefined {
  const objects = evidenceOf(snapshot, key);
  const all: readonly {metadata: ObjectMeta}[] = objects.ok ? objects.value : [];
  return all.find(o => o.metadata.name === name && o.metadata.namespace === namespace)?.metadata.uid;
}

/** What of an Event that is there is looked at. */
export interface SeenEvent {
  readonly count: number;
  readonly firstTimestamp?: string;
  readonly lastTimestamp?: string;
}

/** Reads it, from the JSON of the API server. */
export function seenEventOf(value: {
  count?: unknown;
  firstTimestamp?: unknown;
  lastTimestamp?: unknown;
}): SeenEvent {
  const [first, last] = [text(value.firstTimestamp, '', undefined), text(value.lastTimestamp, '', undefined)];
  return {
    count: typeof value.count === 'number' ? value.count : 1,
    ...(first !== undefined && {firstTimestamp: first}),
    ...(last !== undefined && {lastTimestamp: last}),
  };
}
