import {fields, list, plain, plainFields} from './allow.ts';
import type {Allow} from './allow.ts';
import {MARKS, containerInfo, imageInfo, sandboxInfo} from './allowed.ts';
import {statusInfo} from './allowed-status.ts';
import {withoutCommandLines} from './arguments.ts';
import {isObject, objectAt, objectsAt, parseJson} from './json.ts';
import type {JsonObject} from './json.ts';

/**
 * Turns answers of CRI into what `crictl -o json` prints, less what may not leave the node. Answers come in protobuf's
 * JSON form; `info` is a map of texts, each of them JSON
 * (https://github.com/kubernetes-sigs/cri-tools/blob/master/cmd/crictl/util.go).
 */

const marks = fields(MARKS);
const imageSpec = fields({
  ...plainFields('image', 'userSpecifiedImage', 'runtimeHandler'),
  annotations: fields({}),
});

/** `info` as crictl shows it: what is an object as an object, what is a text without quotes. */
function parsedInfo(info: unknown): JsonObject {
  const parsed = Object.entries(isObject(info) ? info : {}).map(([key, text]) => {
    if (typeof text !== 'string') return [key, undefined] as const;
    return [key, text.startsWith('{') ? parseJson(text) : text.replace(/^"+|"+$/g, '')] as const;
  });
  return Object.fromEntries(parsed.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The one object that containerd and CRI-O put into `info` of sandboxes, containers and images. */
function innerInfo(answer: JsonObject, allow: Allow): unknown {
  const {info} = parsedInfo(answer['info']);
  return allow(info) ?? {};
}

function withMarks(item: JsonObject): JsonObject {
  const {labels, annotations, ...rest} = item;
  return {
    ...rest,
    ...('image' in rest && {image: imageSpec(rest['image'])}),
    labels: marks(labels) ?? {},
    annotations: marks(annotations) ?? {},
  };
}

/** `crictl info`: the conditions, `info`'s keys beside them, and from containerd 2.0 on the handlers and features. */
export function statusFile(answer: JsonObject, runtimeConfig: JsonObject | undefined): JsonObject {
  const handlers = objectsAt(answer, 'runtimeHandlers').map(handler => ({
    ...(handler['name'] !== '' && {name: handler['name']}),
    ...('features' in handler && {features: goNames(objectAt(handler, 'features'))}),
  }));
  return {
    status: answer['status'] ?? {},
    ...(handlers.length > 0 && {runtimeHandlers: handlers}),
    ...('features' in answer && {features: goNames(objectAt(answer, 'features'))}),
    ...objectOf(statusInfo(parsedInfo(answer['info']))),
    ...(runtimeConfig && {runtimeConfig}),
  };
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** crictl prints these by Go's names, and what is false not at all. */
function goNames(flags: JsonObject): JsonObject {
  const set = Object.entries(flags).filter(([, value]) => value === true);
  return Object.fromEntries(
    set.map(([key, value]) => [key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), value]),
  );
}

/** An image of `crictl images` with what ImageStatus says inside it. */
export function imageItem(image: JsonObject, answer: JsonObject | undefined): JsonObject {
  const spec = 'spec' in image && {spec: imageSpec(image['spec'])};
  return {...image, ...spec, ...(answer && {info: innerInfo(answer, imageInfo)})};
}

/** A sandbox of `crictl pods` with what PodSandboxStatus says of it. */
export function sandboxItem(sandbox: JsonObject, answer: JsonObject | undefined): JsonObject {
  return {
    ...withMarks(sandbox),
    ...(answer && {
      status: {network: objectAt(answer, 'status', 'network')},
      info: innerInfo(answer, sandboxInfo),
    }),
  };
}

const containerStatus = fields({
  ...plainFields('state', 'startedAt', 'finishedAt', 'exitCode', 'reason', 'logPath'),
  message: withoutCommandLines,
  mounts: list(fields({containerPath: plain, hostPath: plain, readonly: plain})),
  resources: value => value,
});

/** A container of `crictl ps -a` with what ContainerStatus says of it. Times of `status` are nanoseconds, 0 is never. */
export function containerItem(container: JsonObject, answer: JsonObject | undefined): JsonObject {
  return {
    ...withMarks(container),
    ...(answer && {
      status: containerStatus(objectAt(answer, 'status')),
      info: innerInfo(answer, containerInfo),
    }),
  };
}

/** `crictl stats`, and beside it `crictl imagefsinfo`. */
export function statsFile(stats: JsonObject, imageFs: JsonObject | undefined): JsonObject {
  return {
    stats: objectsAt(stats, 'stats').map(item => ({
      ...item,
      attributes: withMarks(objectAt(item, 'attributes')),
    })),
    ...(imageFs && {imageFs}),
  };
}
