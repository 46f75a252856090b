import type {Event, Node, Pod} from '../../../src/kube/types.ts';
import {SHAPES} from '../../../src/kube/shapes.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {millis} from '../../../src/snapshot/time.ts';
import {AgentError} from '../../agent/client/agent-error.ts';
import {loadSnapshotFrom} from '../../capture/load.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import type {ApiStreams} from '../../kube/api-streams.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {parseAnswer, readPages} from '../../kube/list.ts';
import {CapturedApi} from '../../logs/captured-api.ts';
import {podFrom} from '../../logs/targets.ts';
import {accessOptions} from '../access.ts';
import {openBundle} from '../bundle/open-bundle.ts';
import {CapturedNodes} from './captured-node.ts';
import {withAgentLogs} from './node-log.ts';
import type {NodeLogs} from './node-logs.ts';
import type {LogRun} from './run.ts';

/** What a story is told of: whose events are wanted. */
export interface Involved {
  kind: 'Pod' | 'Node';
  namespace: string;
  name: string;
}

/** Where a story is read: a cluster with its agents, or a capture. */
export interface StoryPlace {
  readonly streams: ApiStreams;
  /** The moment of the story's end, milliseconds since 1970. */
  readonly now: number;
  /** Namespace of a pod that is named without one. */
  namespaceOf(pod: string): string;
  /** Undefined where there is no such pod. */
  pod(namespace: string, name: string): Promise<Pod | undefined>;
  node(name: string): Promise<Node | undefined>;
  events(of: Involved): Promise<readonly Event[]>;
  /** Has the logs of a node used; where there are none that is noted. */
  nodeLogs<T>(node: string, use: (logs: NodeLogs) => Promise<T>): Promise<T | undefined>;
  close(): Promise<unknown>;
}

type PlaceRun = Pick<LogRun, 'flags' | 'note' | 'signal'>;

/** Opens the cluster of a kubeconfig, or the capture that `--from` names. Throws a `UserError`. */
export async function openStoryPlace(run: PlaceRun): Promise<StoryPlace> {
  return run.flags.from === undefined ? livePlace(run) : capturedPlace(run.flags.from, run);
}

function livePlace({flags, note, signal}: PlaceRun): StoryPlace {
  const access = loadKubeconfig(accessOptions(flags));
  const reader = new HttpApiReader(access);
  const streams = new HttpApiStreams(access);
  const get = async (path: string): Promise<Record<string, unknown> | undefined> => {
    try {
      return parseAnswer((await reader.get(path, {signal})).text, path);
    } catch (error) {
      if (error instanceof ApiStatusError && error.status === 404) return undefined;
      throw error;
    }
  };
  return {
    streams,
    now: Date.now(),
    namespaceOf: () => access.namespace,
    async pod(namespace, name) {
      const found = await get(`/api/v1/namespaces/${enc(namespace)}/pods/${enc(name)}`);
      return found && podFrom(found)?.[0];
    },
    async node(name) {
      const found = await get(`/api/v1/nodes/${enc(name)}`);
      return found && SHAPES.nodes(found, '', undefined);
    },
    async events({kind, namespace, name}) {
      const path = `/api/v1/namespaces/${enc(namespace)}/events`;
      const query = {fieldSelector: `involvedObject.name=${name},involvedObject.kind=${kind}`};
      return eventsOf(reader, {path, query}, {note, signal});
    },
    async nodeLogs(node, use) {
      try {
        return await withAgentLogs(access, {node, flags, signal}, use);
      } catch (error) {
        if (!(error instanceof AgentError)) throw error;
        const way = error.reason === 'not-requested' ? 'install' : 'status';
        note(`the logs of node ${node} are left out: ${error.message} (kubectl win agent ${way})`);
        return undefined;
      }
    },
    close: () => Promise.all([reader.close(), streams.close()]),
  };
}

async function eventsOf(
  reader: HttpApiReader,
  list: {path: string; query: Record<string, string>},
  {note, signal}: Pick<PlaceRun, 'note' | 'signal'>,
): Promise<Event[]> {
  const events: Event[] = [];
  try {
    await readPages(reader, list, {
      signal,
      take: ({items, restarted}) => {
        if (restarted) events.length = 0;
        for (const item of items) {
          const event = SHAPES.events(item, '', undefined);
          if (event) events.push(event);
        }
      },
    });
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    note(`events are left out: ${error.message}`);
  }
  return events;
}

async function capturedPlace(path: string, {flags, note, signal}: PlaceRun): Promise<StoryPlace> {
  const {namespace, identity = []} = flags;
  const how = {signal, identities: identity};
  const {snapshot, notes} = await loadSnapshotFrom(path, how);
  for (const text of notes) note(text);
  const opened = await openBundle(path, how);
  const api = new CapturedApi(snapshot, opened.files);
  const [pods, nodes, events] = [
    evidenceOf(snapshot, 'pods'),
    evidenceOf(snapshot, 'nodes'),
    evidenceOf(snapshot, 'events'),
  ];
  return {
    streams: api,
    now: millis(snapshot.now) ?? Date.now(),
    namespaceOf: pod => namespace ?? api.namespaceOf('pods', pod) ?? 'default',
    pod: (space, name) =>
      Promise.resolve(
        pods.ok ? pods.value.find(({metadata: m}) => m.name === name && m.namespace === space) : undefined,
      ),
    node: name =>
      Promise.resolve(nodes.ok ? nodes.value.find(({metadata}) => metadata.name === name) : undefined),
    events({kind, namespace: space, name}) {
      if (!events.ok) note(`events are left out: ${events.detail}`);
      const all = events.ok ? events.value : [];
      return Promise.resolve(
        all.filter(
          ({involvedObject: of, metadata}) =>
            of.kind === kind && of.name === name && metadata.namespace === space,
        ),
      );
    },
    async nodeLogs(node, use) {
      const logs = new CapturedNodes(opened).of(node);
      if ((await logs.sources()).length > 0) return use(logs);
      note(`the logs of node ${node} are left out: the capture has none`);
      return undefined;
    },
    close: () => Promise.resolve(),
  };
}

const enc = encodeURIComponent;
