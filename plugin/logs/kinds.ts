import {nearest} from '../../src/explain/nearest.ts';
import {EXIT} from '../../src/report/exit.ts';
import {UserError} from '../errors.ts';

/** How pods of a kind are found. */
export type KindOfTarget =
  /** It is the pod itself. */
  | {by: 'name'}
  /** Its own selector chooses them. */
  | {by: 'selector'; group: string; plural: string}
  /** They are of Jobs that it owns. */
  | {by: 'jobs'; group: string; plural: string};

const selected = (group: string, plural: string): KindOfTarget => ({by: 'selector', group, plural});

/** Kinds that `logs TYPE/NAME` takes, under all names that kubectl has for them. */
const KINDS: readonly (readonly [string, KindOfTarget])[] = [
  ['pod pods po', {by: 'name'}],
  ['deployment deployments deploy', selected('apps/v1', 'deployments')],
  ['replicaset replicasets rs', selected('apps/v1', 'replicasets')],
  ['statefulset statefulsets sts', selected('apps/v1', 'statefulsets')],
  ['daemonset daemonsets ds', selected('apps/v1', 'daemonsets')],
  ['replicationcontroller replicationcontrollers rc', selected('v1', 'replicationcontrollers')],
  ['job jobs', selected('batch/v1', 'jobs')],
  ['service services svc', selected('v1', 'services')],
  ['cronjob cronjobs cj', {by: 'jobs', group: 'batch/v1', plural: 'cronjobs'}],
];

const BY_NAME: ReadonlyMap<string, KindOfTarget> = new Map(
  KINDS.flatMap(([names, kind]) => names.split(' ').map(name => [name, kind] as const)),
);

/** What somebody asked for: a pod by its name, or what pods belong to. */
export interface NamedTarget {
  kind: KindOfTarget;
  name: string;
  /** As it was typed, for messages. */
  typed: string;
}

/** Reads `POD` or `TYPE/NAME`; types may carry their group (`deployments.apps/web`). Throws a `UserError` otherwise. */
export function parseTarget(typed: string): NamedTarget {
  const [first = '', second, rest] = typed.split('/');
  if (second === undefined) return {kind: {by: 'name'}, name: first, typed};
  const [type = ''] = first.toLowerCase().split('.');
  const kind = BY_NAME.get(type);
  if (kind && second !== '' && rest === undefined) return {kind, name: second, typed};
  const meant = kind ? undefined : nearest(type, [...BY_NAME.keys()]);
  const fix =
    meant === undefined
      ? 'kubectl win logs POD, deployment/NAME, daemonset/NAME, …'
      : `kubectl win logs ${meant}/${second}`;
  throw new UserError(kind ? `${typed} is not TYPE/NAME` : `logs cannot be read of \`${type}\``, {
    code: 'target',
    exitCode: EXIT.usage,
    fix: [fix],
  });
}
