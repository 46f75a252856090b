import type {ProfileName} from '../../src/checks/define.ts';
import {judge} from '../../src/checks/engine.ts';
import {parseLabelSelector} from '../../src/kube/label-selector.ts';
import {EXIT} from '../../src/report/exit.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {withinNamespace} from '../../src/checks/within-namespace.ts';
import {scopeSnapshot, selectsNodes} from '../../src/snapshot/scope.ts';
import type {CiRequest, Snapshot} from '../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../src/snapshot/snapshot.ts';
import {loadSnapshotFrom} from '../capture/load.ts';
import {UserError} from '../errors.ts';
import {loadKubeconfig} from '../kube/kubeconfig.ts';
import {loadLive} from '../kube/load-live.ts';
import {neededEvidence} from '../kube/needed-evidence.ts';
import {StatusLine} from '../terminal.ts';
import type {ClusterFlags, ScopeFlags} from './access.ts';
import {accessOptions, requestLog} from './access.ts';
import type {AgentChoice} from './node-evidence.ts';
import {withAgentsOnce} from './agent-once.ts';
import {withNodeEvidence} from './node-evidence.ts';
import type {Diagnosis} from './present.ts';
import {checksFor} from './select.ts';

/** Flags of `doctor` that say what to read and judge. */
export interface DiagnoseFlags extends ClusterFlags, ScopeFlags {
  from?: string | undefined;
  profile: ProfileName;
  agent: AgentChoice | 'once';
  'allow-exec'?: boolean;
  check?: string[] | undefined;
  skip?: string[] | undefined;
  'ci-namespace'?: string | undefined;
  'ci-service-account'?: string | undefined;
  delegate?: string | undefined;
  now?: string | undefined;
}

/** Collects evidence from a cluster or a capture and judges it. */
export async function diagnose(flags: DiagnoseFlags, signal: AbortSignal): Promise<Diagnosis> {
  // What manifests alone can answer is `lint`'s.
  const checks = checksFor(flags).filter(c => c.evidence.some(kind => kind !== 'M'));
  const scope = scopeOf(flags);
  const ci = ciRequestOf(flags);
  const started = performance.now();
  const {snapshot: read, notes} =
    flags.from === undefined
      ? await live(flags, scope, {signal, keys: neededEvidence(checks)})
      : await captured(flags.from, scope, signal);
  assertNamed(read, scope);
  const snapshot: Snapshot = {
    ...read,
    now: flags.now ?? read.now,
    evidence: ci ? {...read.evidence, ciRequest: collected(ci)} : read.evidence,
  };
  const loaded = performance.now();
  const judgement = withinNamespace(judge(snapshot, checks, flags.profile), scope.namespace);
  const judged = performance.now();
  return {
    snapshot,
    judgement,
    checks,
    notes: [...notes],
    locate: bundleLocator(snapshot),
    timings: {collectMs: Math.round(loaded - started), judgeMs: Math.round(judged - loaded)},
  };
}

async function live(
  flags: DiagnoseFlags,
  scope: Scope,
  {signal, keys}: {signal: AbortSignal; keys: ReturnType<typeof neededEvidence>},
): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  const access = loadKubeconfig(accessOptions(flags));
  const status = new StatusLine();
  try {
    const log = requestLog(flags.verbose);
    const snapshot = await loadLive({
      ...scope,
      access,
      signal,
      keys,
      ...(log && {log}),
      progress: ({what, objects, done, total}) =>
        status.show(`reading ${access.name}: ${objects} objects, ${done} of ${total} kinds (${what})`),
    });
    const agents = {
      access,
      allowExec: flags['allow-exec'] ?? false,
      keys,
      scope,
      signal,
      ...(log && {log}),
      progress: (text: string) => status.show(text),
    };
    if (flags.agent !== 'once') return await withNodeEvidence(snapshot, {...agents, choice: flags.agent});
    assertNamed(snapshot, scope);
    const nodes = selectsNodes(scope) ? systemsOf(snapshot) : [];
    return await withAgentsOnce({...agents, nodes}, () =>
      withNodeEvidence(snapshot, {...agents, choice: 'auto'}),
    );
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
  scope: Scope,
  signal: AbortSignal,
): Promise<{snapshot: Snapshot; notes: readonly string[]}> {
  const status = new StatusLine();
  try {
    status.show(`reading ${path}`);
    const {snapshot, notes} = await loadSnapshotFrom(path, {signal});
    return {snapshot: scopeSnapshot(snapshot, scope), notes};
  } finally {
    status.clear();
  }
}

/** Nothing is wrong with what does not exist: a name that was mistyped is told, where all names are known. */
function assertNamed(snapshot: Snapshot, {namespace, nodes = []}: Scope): void {
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

function scopeOf(flags: ScopeFlags): Scope {
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

function ciRequestOf(flags: DiagnoseFlags): CiRequest | undefined {
  const namespace = flags['ci-namespace'];
  const serviceAccount = flags['ci-service-account'];
  if (namespace === undefined || serviceAccount === undefined) return undefined;
  if (flags.delegate === undefined) return {namespace, serviceAccount};
  const [ns, name, rest] = flags.delegate.split('/');
  if (!ns || !name || rest !== undefined) {
    throw new UserError(`--delegate ${flags.delegate} is not NAMESPACE/NAME`, {
      code: 'delegate',
      exitCode: EXIT.usage,
    });
  }
  return {namespace, serviceAccount, delegate: {namespace: ns, name}};
}
