import type * as kube from '../types.ts';
import type {Fields, Reader} from '../shape.ts';
import {fields, flag, integer, list, mapOf, text} from '../shape.ts';
import {masked, message} from './quoted.ts';

/** Longer annotations are dropped when read: none that a check needs is near it, and one may have 5 MB. */
const MAX_ANNOTATION = 1024;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Annotations, but for what kubectl leaves behind and what is long. */
export const annotations: Reader<Record<string, string>> = mapOf(masked, (key, value) =>
  typeof value === 'string' ? key !== LAST_APPLIED && value.length <= MAX_ANNOTATION : true,
);

const ownerReference = fields<kube.OwnerReference>(
  {kind: text, name: text, uid: text, controller: flag},
  {kind: '', name: ''},
);

/** `creationTimestamp: null` is what generators print for a template. */
export const time: Reader<string> = (value, at, report) =>
  value === null ? undefined : text(value, at, report);

const metadataFields: Fields<kube.ObjectMeta> = {
  name: text,
  namespace: text,
  uid: text,
  resourceVersion: text,
  generation: integer,
  labels: mapOf(text),
  annotations,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: integer,
  ownerReferences: list(ownerReference),
  finalizers: list(text),
  managedFields: () => undefined,
};
const metadata = fields<kube.ObjectMeta>(metadataFields, {name: ''});
/** For kinds of which it matters how long ago they were last changed. */
const withTimes = fields<kube.ObjectMeta>(
  {...metadataFields, managedFields: list(fields({time}))},
  {name: ''},
);

/** A condition of any object's status. */
export const condition = fields<kube.Condition>(
  {
    type: text,
    status: text,
    reason: text,
    message,
    lastTransitionTime: time,
    lastHeartbeatTime: time,
  },
  {type: '', status: ''},
);

type Body<T extends kube.KubeObject> = Fields<Omit<T, keyof kube.KubeObject>>;

/** A whole object: identity first; `body` are the fields beside it. With `keep-times`, also when each writer last changed it. */
export function object<T extends kube.KubeObject>(
  kind: string,
  body: Body<T>,
  defaults: Partial<Omit<T, keyof kube.KubeObject>> = {},
  changes?: 'keep-times',
): Reader<T> {
  const inner = fields<Record<string, unknown>>(
    {apiVersion: text, kind: text, metadata: changes ? withTimes : metadata, ...body},
    {apiVersion: '', kind, metadata: {name: ''}, ...defaults},
  );
  // `body` is checked against `T` above; identity is the same for every kind.
  return inner as unknown as Reader<T>;
}
