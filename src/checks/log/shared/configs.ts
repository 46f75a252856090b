import {nodeNamesOf} from '../../../kube/os.ts';
import {windowsPods} from '../../../kube/pods.ts';
import type {Node, RuntimeClass} from '../../../kube/types.ts';
import type {Workload} from '../../../kube/workloads.ts';
import type {PodLog} from '../../../logs/summary.ts';
import type {PerNode} from '../../../node/evidence.ts';
import type {LogMonitorFacts, NodeLogMonitor} from '../../../node/logmonitor.ts';
import {onNode} from '../../../node/on-node.ts';
import type {ConfigFault, LogMonitorConfig} from '../../../parse/logmonitor-config/config.ts';
import type {Versions} from '../../../parse/logmonitor-config/versions.ts';
import {ALL_VERSIONS, versionsSeen} from '../../../parse/logmonitor-config/versions.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Source} from '../../../snapshot/snapshot.ts';
import type {Fail, FileRef, Outcome, Ref, Subject} from '../../define.ts';
import {ref, subjectOf, unknown} from '../../define.ts';

/** Evidence that the checks of configurations want: files under `lint`, else what agents saw in running containers. */
export const CONFIG_EVIDENCE = [
  'logMonitorConfigs',
  'node.logmonitor',
  'pod.logs',
  'nodes',
  'runtimeClasses',
] as const;

export interface ConfigInput {
  readonly workloads: Workload[];
  readonly source: Source['kind'];
  readonly wants: {
    readonly logMonitorConfigs: Evidence<LogMonitorConfig[]>;
    readonly 'node.logmonitor': Evidence<PerNode<NodeLogMonitor>>;
    readonly 'pod.logs': Evidence<PodLog[]>;
    readonly nodes: Evidence<Node[]>;
    readonly runtimeClasses: Evidence<RuntimeClass[]>;
  };
}

/** A configuration of LogMonitor with what is known of who reads it. */
export interface SeenConfig {
  subject: Subject;
  /** What it says; undefined where it does not parse. */
  value: unknown;
  error?: string;
  /** Whether a byte order mark stands before it. */
  hasMark: boolean;
  /** Versions of LogMonitor that may read it. */
  versions: Versions;
  node?: string;
  /** A fault as a sentence, and where it stands. */
  told(fault: ConfigFault): Pick<Fail, 'message' | 'evidence'>;
}

/** Every configuration there is, and an outcome for each place where there may be others. */
export function* seenConfigs(input: ConfigInput): Generator<SeenConfig | Outcome> {
  const {source, wants} = input;
  if (source === 'files') {
    if (wants.logMonitorConfigs.ok) yield* wants.logMonitorConfigs.value.map(fromFile);
    return;
  }
  const logs = wants['pod.logs'].ok ? wants['pod.logs'].value : [];
  for (const name of nodesWithPods(input)) {
    const found = onNode(wants['node.logmonitor'], name);
    if (!found.ok) {
      yield unknown({kind: 'Node', name}, 'node.logmonitor', found);
      continue;
    }
    for (const {gap} of found.value.missing) yield unknown({kind: 'Node', name}, 'node.logmonitor', gap);
    for (const facts of found.value.containers) {
      const config = fromContainer(name, facts, logs);
      if (config) yield config;
    }
  }
}

/** Whether what `seenConfigs` gave is an outcome already. */
export function isOutcome(seen: SeenConfig | Outcome): seen is Outcome {
  return 'status' in seen;
}

function nodesWithPods({workloads, wants}: ConfigInput): string[] {
  const windows = nodeNamesOf('windows', wants.nodes);
  const names = windowsPods(workloads, wants).flatMap(({pod: {nodeName}}) =>
    nodeName !== undefined && (windows.size === 0 || windows.has(nodeName)) ? [nodeName] : [],
  );
  return [...new Set(names)].sort();
}

function fromFile({holder, pointer, value, error, hasMark = false}: LogMonitorConfig): SeenConfig {
  const inFile = pointer === '' && value !== undefined;
  return {
    subject: subjectOf(holder),
    value,
    ...(error !== undefined && {error}),
    hasMark,
    versions: ALL_VERSIONS,
    told: fault => ({
      message: inFile ? sentence(fault.message) : `${pointer.slice('/data/'.length)}: ${fault.message}`,
      evidence: [inFile ? ref(holder, fault.pointer, fault.value) : ref(holder, pointer)],
    }),
  };
}

function fromContainer(
  node: string,
  facts: LogMonitorFacts & {file: string},
  logs: readonly PodLog[],
): SeenConfig | undefined {
  const {namespace, pod, container, config, file, version} = facts;
  if (!config) return undefined;
  const own = logs.filter(l => l.namespace === namespace && l.pod === pod && l.container === container);
  const families = own.flatMap(({log}) => (log.ok && log.value.family !== null ? [log.value.family] : []));
  const at: FileRef = {node, os: 'windows', file, pointer: '/config/text'};
  const told = (fault: ConfigFault): {message: string; evidence: Ref[]} => ({
    message: `Container ${container}, ${config.path}: ${fault.message}`,
    evidence: [at],
  });
  const base = {
    subject: {kind: 'Pod', namespace, name: pod},
    hasMark: MARK.test(config.text),
    versions: versionsSeen(version, families),
    node,
    told,
  };
  try {
    return {...base, value: JSON.parse(config.text.replace(MARK, ''))};
  } catch (error) {
    return {...base, value: undefined, error: error instanceof Error ? error.message : ''};
  }
}

const MARK = /^\ufeff/;

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
