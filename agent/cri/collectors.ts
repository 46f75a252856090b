import {statsFile, statusFile} from '../../src/cri/answers.ts';
import type {CollectContext, CollectedFile, Collector} from '../collect/collector.ts';
import {jsonFile} from '../host/json-file.ts';
import type {CollectorName} from '../../src/protocol/collectors.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {readContainers} from './containers.ts';
import {isUnsupported} from './failure.ts';
import {readImages} from './images.ts';
import {MAX_BYTES, TIMEOUT_MS} from './limits.ts';
import {withRuntime} from './ports.ts';
import type {RuntimePorts} from './ports.ts';
import {readSandboxes} from './sandboxes.ts';

/** Files of the runtime that one connection gives, each in its own collector. */
export function runtimeCollectors(ports: RuntimePorts): readonly Collector[] {
  const one = (name: CollectorName, read: (client: RuntimeClient) => Promise<CollectedFile>): Collector => ({
    name,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect(context: CollectContext) {
      yield await withRuntime(ports, context, read);
    },
  });
  return [
    one('cri.version', async client =>
      jsonFile('cri/version.json', {source: CALLS.version().path, value: await client.ask(CALLS.version())}),
    ),
    one('cri.status', async client =>
      jsonFile('cri/status.json', {source: CALLS.status().path, value: await readStatus(client)}),
    ),
    one('cri.images', async client => {
      const {items: images, partial} = await readImages(client);
      return jsonFile('cri/images.json', {source: CALLS.listImages().path, value: {images}, partial});
    }),
    one('cri.sandboxes', async client => {
      const {items, partial} = await readSandboxes(client);
      return jsonFile('cri/sandboxes.json', {source: CALLS.listPodSandbox().path, value: {items}, partial});
    }),
    one('cri.containers', async client => {
      const {items: containers, partial} = await readContainers(client);
      return jsonFile('cri/containers.json', {
        source: CALLS.listContainers().path,
        value: {containers},
        partial,
      });
    }),
    one('cri.stats', async client => {
      const [stats, imageFs] = await Promise.all([
        client.ask(CALLS.listContainerStats()),
        unlessUnsupported(client.ask(CALLS.imageFsInfo())),
      ]);
      return jsonFile('cri/stats.json', {
        source: CALLS.listContainerStats().path,
        value: statsFile(stats, imageFs),
      });
    }),
  ];
}

/** The runtime's verbose status in the form of `crictl info`. */
export async function readStatus(client: RuntimeClient): Promise<ReturnType<typeof statusFile>> {
  const [answer, runtimeConfig] = await Promise.all([
    client.ask(CALLS.status(), {verbose: true}),
    unlessUnsupported(client.ask(CALLS.runtimeConfig())),
  ]);
  return statusFile(answer, runtimeConfig);
}

/** Calls that came later than CRI v1 itself are no failure where a runtime does not have them. */
async function unlessUnsupported<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isUnsupported(error)) return undefined;
    throw error;
  }
}
