import {objectsAt, textAt} from '../../src/cri/json.ts';
import type {JsonObject} from '../../src/cri/json.ts';
import {rfc3339} from '../../src/snapshot/time.ts';
import type {Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {MAX_BYTES, TIMEOUT_MS} from './limits.ts';
import {withRuntime} from './ports.ts';
import type {RuntimePorts} from './ports.ts';

/** Snapshotters of Windows, beside those that containers name (https://github.com/containerd/containerd/blob/main/docs/snapshotters/README.md). */
const SNAPSHOTTERS = {windows: 'windows', linux: 'overlayfs'} as const;

/**
 * Lists the layers that containerd keeps, and the containers that it knows itself, `cri/snapshots.json`:
 * `{snapshots: [{key, parent, kind, snapshotter, createdAt}], containers: [{id, image, snapshotter, snapshotKey, createdAt}]}`.
 */
export function snapshotsCollector(ports: RuntimePorts, os: keyof typeof SNAPSHOTTERS): Collector {
  return {
    name: 'cri.snapshots',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect(context) {
      const value = await withRuntime(ports, context, client => readSnapshots(client, SNAPSHOTTERS[os]));
      yield jsonFile('cri/snapshots.json', {source: CALLS.listSnapshots().path, value});
    },
  };
}

async function readSnapshots(client: RuntimeClient, usual: string): Promise<JsonObject> {
  const containers = objectsAt(await client.ask(CALLS.listOwnContainers()), 'containers').map(container => ({
    id: textAt(container, 'id'),
    image: textAt(container, 'image'),
    snapshotter: textAt(container, 'snapshotter'),
    snapshotKey: textAt(container, 'snapshotKey'),
    createdAt: timeOf(container),
  }));
  const named = containers.map(({snapshotter}) => snapshotter).filter(name => name !== undefined);
  const snapshots: JsonObject[] = [];
  for (const snapshotter of new Set([usual, ...named])) {
    for await (const part of client.stream(CALLS.listSnapshots(), {snapshotter})) {
      for (const info of objectsAt(part, 'info')) {
        snapshots.push({
          key: textAt(info, 'name'),
          parent: textAt(info, 'parent') ?? '',
          kind: textAt(info, 'kind'),
          snapshotter,
          createdAt: timeOf(info),
        });
      }
    }
  }
  return {snapshots, containers};
}

function timeOf(object: JsonObject): string | null {
  const seconds = Number(textAt(object, 'createdAt', 'seconds'));
  return Number.isSafeInteger(seconds) && seconds > 0 ? rfc3339(seconds * 1000) : null;
}
