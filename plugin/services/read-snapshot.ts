import {parseLabelSelector} from '../../src/kube/label-selector.ts';
import type {NodeVisitor} from '../../src/node/visitor.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {EXIT} from '../../src/report/exit.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {scopeSnapshot, selectsNodes} from '../../src/snapshot/scope.ts';
import type {EvidenceKey, Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {loadSnapshotFrom} from '../capture/load.ts';
import type {Evidence} from '../../src/snapshot/evidence.ts';
import type {Probing} from '../../src/probes/evidence.ts';
import {UserError} from '../errors.ts';
import type {Access} from '../kube/access.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {loadLive} from '../kube/load-live.ts';
import {StatusLine} from '../terminal.ts';
import type {ClusterFlags, ScopeFlags} from './access.ts';
import {accessOptions} from './access.ts';
import {withAgentsOnce} from './agent-once.ts';
import type {AgentChoice} from './node-evidence.ts';
import {helping} from './judging-visitor.ts';
import {withNodeEvidence} from './node-evidence.ts';
import {withPodLogs} from './pod-logs.ts';

/** Flags that say what to read: a capture or a cluster, what of it, and whether agents are asked. */
export interface ReadFlags extends ClusterFlags, ScopeFlags {
  from?: string | undefined;
  /** Files with identities, where the capture is encrypted. */
  identity?: string[] | undefined;
  agent: AgentChoice | 'once';
  'allow-exec'?: boolean;
}

export interface ReadOptions {
  scope: Scope;
  /** Evidence that is wanted. */
  keys: ReadonlySet<EvidenceKey>;
  signal: AbortSignal;
  /** Takes each node of the scope as soon as its evidence is whole; the Snapshot then lacks what it lets go. */
  visitor?: NodeVisitor;
  /** What of the scope logs of containers are read of; all of it where absent. */
  narrow?: (api: Snapshot) => Snapshot;
  /** Says of which nodes of the scope the agents are asked; all of them where absent or undefined. */
  onlyNodes?: (api: Snapshot) => ReadonlySet<string> | undefined;
  /** Has connections tried, before agents are asked for anything else; what came of it is in what they then judge by. */
  tryProbes?: ((api: Snapshot, live: LiveReading) => Promise<Evidence<Probing>>) | undefined;
}

/** A cluster that is being read. */
export interface LiveReading {
  readonly access: Access;
  readonly progress: (text: string) => void;
}

/** Reads a cluster with its agents, or a capture. Throws a `UserError` where a node or namespace that was named is not there. */
export async function readSnapshot(
  flags: ReadFlags,
  options: ReadOptions,
): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  const read =
    flags.from === undefined
      ? await live(flags, options)
      : await captured(flags.from, flags.identity, options);
  assertNamed(read.snapshot, options.scope);
  return read;
}

async function live(
  flags: ReadFlags,
  {scope, signal, keys, visitor, onlyNodes, narrow, tryProbes}: ReadOptions,
): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  const access = loadKubeconfig(accessOptions(flags));
  const status = new StatusLine();
  try {
    const listed = await loadLive({
      ...scope,
      access,
      signal,
      keys,
      progress: ({what, objects, done, total}) =>
        status.show(`reading ${access.name}: ${objects} objects, ${done} of ${total} kinds (${what})`),
    });
    const snapshot = await withPodLogs(listed, {
      ...(narrow && {narrow}),
      access,
      keys,
      signal,
      progress: text => status.show(text),
    });
    const agents = {
      access,
      allowExec: flags['allow-exec'] ?? false,
      keys,
      scope,
      signal,
      visitor,
      onlyNodes,
      progress: (text: string) => status.show(text),
    };
    const told = async (choice: AgentChoice): ReturnType<typeof withNodeEvidence> => {
      const probes = await tryProbes?.(snapshot, agents);
      const tried = probes ? {...snapshot, evidence: {...snapshot.evidence, probes}} : snapshot;
      return withNodeEvidence(tried, {...agents, choice});
    };
    if (flags.agent !== 'once') return await told(flags.agent);
    assertNamed(snapshot, scope);
    const only = onlyNodes?.(snapshot);
    const named = selectsNodes(scope) || only !== undefined;
    const nodes = named ? systemsOf(snapshot).filter(n => only?.has(n.name) ?? true) : [];
    return await withAgentsOnce({...agents, nodes}, () => told('auto'));
  } finally {
    status.clear();
  }
}

/** The nodes that were chosen, and their operating systems. */
function systemsOf(snapshot: Snapshot): {name: string; os: AgentOs}[] {
  const nodes = evidenceOf(snapshot, 'nodes');
  return (nodes.ok ? nodes.value : []).map(node => ({
    name: node.metadata.name,
    os: node.metadata.labels?.['kubernetes.io/os'] === 'linux' ? 'linux' : 'windows',
  }));
}

async function captured(
  path: string,
  identities: readonly string[] = [],
  {scope, signal, visitor}: ReadOptions,
): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  const status = new StatusLine();
  try {
    status.show(`reading ${path}`);
    const {snapshot, notes} = await loadSnapshotFrom(path, {
      signal,
      identities,
      ...(visitor && {visitor: within(scope, visitor)}),
    });
    return {snapshot: scopeSnapshot(snapshot, scope), notes};
  } finally {
    status.clear();
  }
}

/** Shows a visitor no more of a capture than the scope has. */
function within(scope: Scope, visitor: NodeVisitor): NodeVisitor {
  let names: ReadonlySet<string> | undefined;
  const {helper} = visitor;
  return {
    letGo: visitor.letGo,
    helper: helper && helping(helper, name => names?.has(name) ?? true),
    begin: api => {
      const scoped = scopeSnapshot(api, scope);
      const nodes = evidenceOf(scoped, 'nodes');
      if (selectsNodes(scope))
        names = new Set(nodes.ok ? nodes.value.map(n => n.metadata.name) : scope.nodes);
      visitor.begin(scoped);
    },
    node: (name, evidence) => {
      if (!names || names.has(name)) visitor.node(name, evidence);
    },
  };
}

/** The nodes that a scope selects of a cluster; undefined: all of them. */
export function chosenNodes(api: Snapshot, scope: Scope): ReadonlySet<string> | undefined {
  if (!selectsNodes(scope)) return undefined;
  const {nodes, nodeSelector} = scope;
  const narrowed = scopeSnapshot(api, {
    ...(nodes && {nodes}),
    ...(nodeSelector !== undefined && {nodeSelector}),
  });
  const found = evidenceOf(narrowed, 'nodes');
  return new Set(found.ok ? found.value.map(n => n.metadata.name) : nodes);
}

/** Nothing is wrong with what does not exist: a name that was mistyped is told, where all names are known. */
export function assertNamed(snapshot: Snapshot, {namespace, nodes = []}: Scope): void {
  const known = evidenceOf(snapshot, 'nodes');
  // What was not asked for is no gap here: the nodes that were named were asked for.
  const whole = known.ok && (!known.partial || known.partial.reason === 'not-requested');
  const names = new Set(whole ? known.value.map(n => n.metadata.name) : nodes);
  const absent = nodes.find(name => !names.has(name));
  if (absent !== undefined) throw noSuch('node', absent, snapshot);
  const spaces = evidenceOf(snapshot, 'namespaces');
  if (namespace === undefined || !spaces.ok || spaces.partial) return;
  if (!spaces.value.some(n => n.metadata.name === namespace)) throw noSuch('namespace', namespace, snapshot);
}

function noSuch(kind: 'node' | 'namespace', name: string, {source}: Snapshot): UserError {
  return new UserError(`there is no ${kind} \`${name}\` in ${source.name}`, {
    code: kind,
    exitCode: EXIT.usage,
    ...(source.kind === 'cluster' && {fix: [`kubectl get ${kind}s`]}),
  });
}

/** What of a cluster flags select. Throws a `UserError` where a selector does not parse. */
export function scopeOf(flags: ScopeFlags): Scope {
  const nodeSelector = flags['node-selector'];
  for (const selector of [flags.selector, nodeSelector]) {
    const parsed = parseLabelSelector(selector ?? '');
    if (typeof parsed === 'string') throw new UserError(parsed, {code: 'selector', exitCode: EXIT.usage});
  }
  return {
    ...(flags.namespace !== undefined && {namespace: flags.namespace}),
    ...(flags.selector !== undefined && {selector: flags.selector}),
    ...(flags.node?.length && {nodes: flags.node}),
    ...(nodeSelector !== undefined && {nodeSelector}),
  };
}
