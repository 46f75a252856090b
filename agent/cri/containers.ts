import {containerItem} from '../../src/cri/answers.ts';
import {startsLogMonitor} from '../../src/cri/arguments.ts';
import {at, objectsAt, textAt} from '../../src/cri/json.ts';
import type {JsonObject} from '../../src/cri/json.ts';
import type {CollectContext} from '../collect/collector.ts';
import {CALLS} from './calls.ts';
import type {RuntimeClient} from './client.ts';
import {askEach} from './each.ts';
import type {Asked} from './each.ts';
import {withRuntime} from './ports.ts';
import type {RuntimePorts} from './ports.ts';

/** Every container of the runtime, those that ended too, with what it says of each. */
export async function readContainers(client: RuntimeClient): Promise<Asked<JsonObject>> {
  const containers = objectsAt(await client.ask(CALLS.listContainers()), 'containers');
  return askEach(
    containers,
    async container =>
      containerItem(
        container,
        await client.ask(CALLS.containerStatus(), {containerId: container['id'], verbose: true}),
      ),
    container => containerItem(container, undefined),
  );
}

/** A container as who looks for LogMonitor needs to know it. */
export interface RuntimeContainer {
  id: string;
  namespace: string;
  pod: string;
  podUid: string;
  name: string;
  image: string | undefined;
  running: boolean;
  /** Process id on the host; `undefined` where it does not run. */
  pid: number | undefined;
  /** Whether its command line names LogMonitor. */
  logMonitor: boolean;
}

/** The containers of the node's pods. Throws CollectError. */
export async function listContainers(
  ports: RuntimePorts,
  context: CollectContext,
): Promise<readonly RuntimeContainer[]> {
  const {items} = await withRuntime(ports, context, readContainers);
  return items.map(toContainer);
}

function toContainer(item: JsonObject): RuntimeContainer {
  const pid = at(item, 'info', 'pid');
  const label = (key: string) => textAt(item, 'labels', `io.kubernetes.${key}`) ?? '';
  return {
    id: textAt(item, 'id') ?? '',
    namespace: label('pod.namespace'),
    pod: label('pod.name'),
    podUid: label('pod.uid'),
    name: textAt(item, 'metadata', 'name') ?? label('container.name'),
    image: textAt(item, 'info', 'config', 'image', 'user_specified_image') ?? textAt(item, 'image', 'image'),
    running: at(item, 'state') === 'CONTAINER_RUNNING',
    pid: typeof pid === 'number' && pid > 0 ? pid : undefined,
    logMonitor:
      startsLogMonitor(at(item, 'info', 'runtimeSpec', 'process', 'args')) ||
      startsLogMonitor(at(item, 'info', 'runtimeSpec', 'process', 'commandLine')),
  };
}
