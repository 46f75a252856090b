import type {CaptureFiles} from '../../src/capture/files.ts';
import {placesOf} from '../../src/capture/layout.ts';
import {recognize} from '../../src/capture/recognize.ts';
import {matchesLabels, parseLabelSelector} from '../../src/kube/label-selector.ts';
import {RESOURCES} from '../../src/kube/resources.ts';
import type {ResourceKey} from '../../src/kube/resources.ts';
import type {KubeObject, Pod} from '../../src/kube/types.ts';
import {podLogPath} from '../../src/logs/paths.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {millis} from '../../src/snapshot/time.ts';
import {ApiStatusError} from '../kube/api-error.ts';
import type {ApiAnswer, ApiReader} from '../kube/api-reader.ts';
import type {ApiStreams} from '../kube/api-streams.ts';

/** A path of the API: group, namespace, plural, name. */
const PATH =
  /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+)(?<log>\/log)?)?$/;

const LF = 0x0a;

/** Answers from a capture what is asked of the API for logs: pods, what they belong to, and the logs that it has. */
export class CapturedApi implements ApiReader, ApiStreams {
  readonly #snapshot: Snapshot;
  readonly #files: CaptureFiles;
  /** Paths of logs, by where our own bundles have them. */
  readonly #logs = new Map<string, string>();

  constructor(snapshot: Snapshot, files: CaptureFiles) {
    this.#snapshot = snapshot;
    this.#files = files;
    const paths = files.list().map(({path}) => path);
    const {layout, root} = recognize(paths);
    for (const [path, place] of placesOf(layout, root, paths)) {
      if (place.role === 'log' && place.container !== undefined)
        this.#logs.set(podLogPath({...place, container: place.container}), path);
    }
  }

  /** The namespace of the objects of a name, where all of them are in one. */
  namespaceOf(plural: string, name: string): string | undefined {
    const found = new Set(
      this.#objects(plural)
        .filter(o => o.metadata.name === name)
        .map(o => o.metadata.namespace),
    );
    return found.size === 1 ? [...found][0] : undefined;
  }

  get(path: string): Promise<ApiAnswer> {
    const {pathname, searchParams} = new URL(path, 'http://capture');
    const {namespace, plural = '', name} = partsOf(pathname);
    const own = this.#objects(plural).filter(
      o => namespace === undefined || o.metadata.namespace === namespace,
    );
    if (name !== undefined) {
      const found = own.find(o => o.metadata.name === name);
      return found
        ? answer(found)
        : Promise.reject(new ApiStatusError(path, 404, 'it is not in the capture'));
    }
    const field = /^metadata\.name=(.*)$/.exec(searchParams.get('fieldSelector') ?? '')?.[1];
    const selector = parseLabelSelector(searchParams.get('labelSelector') ?? '');
    const items = own.filter(
      ({metadata}) =>
        (field === undefined || metadata.name === field) &&
        typeof selector !== 'string' &&
        matchesLabels(selector, metadata.labels),
    );
    return answer({kind: 'List', metadata: {}, items});
  }

  async open(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const {pathname, searchParams} = new URL(path, 'http://capture');
    const {namespace = '', name = ''} = partsOf(pathname);
    const log = {
      namespace,
      pod: name,
      container: searchParams.get('container') ?? '',
      previous: searchParams.get('previous') === 'true',
    };
    const at = this.#logs.get(podLogPath(log));
    if (at === undefined) throw new ApiStatusError(path, 404, 'the capture does not have this log');
    const tail = searchParams.get('tailLines');
    const since = millis(searchParams.get('sinceTime'));
    for await (const {bytes} of this.#files.read(new Set([at]))) {
      signal.throwIfAborted();
      const recent = since === undefined ? bytes : bytes.subarray(startOf(bytes, since));
      return one(tail === null ? recent : lastLines(recent, Number(tail)));
    }
    return one(new Uint8Array());
  }

  #objects(plural: string): KubeObject[] {
    const key = RESOURCES.find(r => r.plural === plural)?.key;
    return key === undefined ? [] : itemsOf(this.#snapshot, key);
  }
}

function partsOf(pathname: string): {namespace?: string; plural?: string; name?: string} {
  const groups = PATH.exec(pathname)?.groups ?? {};
  const text = (key: string): Record<string, string> => {
    const value = groups[key];
    return value === undefined ? {} : {[key]: decodeURIComponent(value)};
  };
  return {...text('namespace'), ...text('plural'), ...text('name')};
}

function itemsOf(snapshot: Snapshot, key: ResourceKey): KubeObject[] {
  if (key === 'pods') {
    const pods = evidenceOf(snapshot, 'pods');
    return pods.ok ? pods.value.map(withNode) : [];
  }
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? [...evidence.value] : [];
}

/** As the API has it: a Snapshot keeps the node apart from the spec, which pods share. */
function withNode(pod: Pod): Pod {
  return pod.nodeName === undefined ? pod : {...pod, spec: {...pod.spec, nodeName: pod.nodeName}};
}

function answer(body: object): Promise<ApiAnswer> {
  return Promise.resolve({text: JSON.stringify(body), date: undefined});
}

// oxlint-disable-next-line typescript/require-await -- what is read as it comes is here as a whole
async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The last lines, as the kubelet counts them for `tailLines`. */
function lastLines(bytes: Uint8Array, count: number): Uint8Array {
  if (count <= 0) return new Uint8Array();
  let at = bytes.at(-1) === LF ? bytes.length - 1 : bytes.length;
  for (let left = count; left > 0; left--) {
    const end = at > 0 ? bytes.lastIndexOf(LF, at - 1) : -1;
    if (end < 0) return bytes;
    at = end;
  }
  return bytes.subarray(at + 1);
}

/** Where the first line stands that is no older; a log whose lines have no times is taken as a whole. */
function startOf(bytes: Uint8Array, since: number): number {
  for (let at = 0; at < bytes.length;) {
    const stamp = /^\S+/.exec(Buffer.from(bytes.subarray(at, at + 40)).toString('latin1'))?.[0];
    const time = millis(stamp);
    if (at === 0 && time === undefined) return 0;
    if (time !== undefined && time >= since) return at;
    const end = bytes.indexOf(LF, at);
    if (end < 0) break;
    at = end + 1;
  }
  return bytes.length;
}
