import type {ProfileName} from '../../src/checks/define.ts';
import {NodeJudge} from '../../src/checks/by-node.ts';
import {suspicionOf, withSecondLook} from '../../src/checks/confirm.ts';
import {withinNamespace} from '../../src/checks/within-namespace.ts';
import {withoutUnasked} from '../../src/checks/unasked.ts';
import {ofNodes, withinNodes} from '../../src/checks/within-nodes.ts';
import {GRAPH_KEYS} from '../../src/hns-graph/compared.ts';
import {FindingPictures} from '../../src/hns-graph/pictures.ts';
import {NODE_LISTING} from '../../src/inventory/nodes.ts';
import {EXIT} from '../../src/report/exit.ts';
import type {Format} from '../../src/report/format-names.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {collected} from '../../src/snapshot/evidence.ts';
import type {CiRequest, Snapshot} from '../../src/snapshot/snapshot.ts';
import {UserError} from '../errors.ts';
import {neededEvidence} from '../kube/needed-evidence.ts';
import {breadthFor, wholly} from './breadth.ts';
import {JudgingVisitor, keeping, watched} from './judging-visitor.ts';
import {failingNodes} from '../../src/probes/failing-nodes.ts';
import type {ProbeFlags} from './probes/flags.ts';
import {tryingOf} from './probes/try.ts';
import {confirmMs, lookAgain} from './look-again.ts';
import type {Diagnosis} from './present.ts';
import type {ReadFlags} from './read-snapshot.ts';
import {readSnapshot, scopeOf} from './read-snapshot.ts';
import {checksFor} from './select.ts';

/** Flags of `doctor` that say what to read and judge. */
export interface DiagnoseFlags extends ReadFlags {
  profile: ProfileName;
  confirm: string;
  /**
   * Whether everything of the API is read though nodes or a namespace were chosen, and only what is told is narrowed: what
   * stands on one node is judged by pods and Services of all others.
   */
  wide?: boolean;
  /** Whether connections are tried, and which. */
  probe?: 'none' | ProbeFlags['probe'];
  coverage?: string | undefined;
  target?: string[] | undefined;
  /** `net check`: it ends where no connection can be tried, and asks only the nodes of those that failed what they are like. */
  connections?: boolean;
  output: Format;
  check?: string[] | undefined;
  skip?: string[] | undefined;
  'ci-namespace'?: string | undefined;
  'ci-service-account'?: string | undefined;
  delegate?: string | undefined;
  now?: string | undefined;
}

/** What is told while evidence comes. */
export interface DiagnoseSinks {
  /** Sees each node while its evidence is there. */
  watch?: ((snapshot: Snapshot, node: string) => void) | undefined;
  /** Says before connections are tried how many they are. */
  note?: (text: string) => void;
}

/** Collects evidence from a cluster or a capture and judges it. */
export async function diagnose(
  flags: DiagnoseFlags,
  signal: AbortSignal,
  {watch, note}: DiagnoseSinks = {},
): Promise<Diagnosis> {
  // What manifests alone can answer is `lint`'s.
  const checks = checksFor(flags).filter(c => c.evidence.some(kind => kind !== 'M'));
  const scope = scopeOf(flags);
  const ci = ciRequestOf(flags);
  const afterMs = confirmMs(flags.confirm);
  const started = performance.now();
  const asked = (read: Snapshot): Snapshot => ({
    ...read,
    now: flags.now ?? read.now,
    evidence: ci ? {...read.evidence, ciRequest: collected(ci)} : read.evidence,
  });
  const pictures = flags.output === 'html' ? new FindingPictures() : undefined;
  const judge = new NodeJudge(checks, flags.profile, (...seen) => pictures?.take(...seen));
  const breadth = flags.wide ? wholly(scope) : breadthFor(scope, checks);
  const {connections = false} = flags;
  const chosen = (api: Snapshot): ReadonlySet<string> | undefined =>
    connections ? failingNodes(api) : breadth.chosen(api);
  const reading = {scope: breadth.scope, onlyNodes: chosen, narrow: breadth.narrow, signal};
  const keys = new Set([...neededEvidence(checks), ...(pictures ? GRAPH_KEYS : [])]);
  const nodes = new JudgingVisitor(judge, {
    asked,
    chosen: breadth.chosen,
    share: {
      checks: new Set(checks.map(({id}) => id)),
      profile: flags.profile,
      // Of a capture everything is read.
      wanted: flags.from === undefined ? keys : undefined,
    },
  });
  const {snapshot: read, notes} = await nodes.during(() =>
    readSnapshot(flags, {
      ...reading,
      keys,
      visitor: watch ? watched(nodes, watch) : pictures ? keeping(nodes, NODE_LISTING.keys) : nodes,
      ...tryingOf(flags, {scope, signal, note}),
    }),
  );
  const snapshot = asked(read);
  const only = breadth.chosen(snapshot);
  const loaded = performance.now();
  const first = nodes.judge.judgement(snapshot, only, breadth.seenBy(snapshot));
  const judged = performance.now();
  const suspicion = suspicionOf(first);
  const looked =
    afterMs > 0 && flags.from === undefined && suspicion.nodes.size > 0
      ? await lookAgain(snapshot, {flags, scope: reading.scope, suspicion, afterMs, signal})
      : snapshot;
  const settled = withSecondLook(first, looked, flags.profile);
  const whole = withinNodes(withinNamespace(settled, scope.namespace), only);
  // Who names checks wants to know why they say nothing.
  const judgement = flags.check === undefined ? withoutUnasked(whole) : whole;
  return {
    snapshot: ofNodes(looked, only),
    interrupted: signal.aborted,
    judgement,
    checks,
    ...(pictures && {pictures: pictures.byFingerprint}),
    notes: [...notes],
    locate: bundleLocator(snapshot),
    timings: {
      collectMs: Math.round(loaded - started - nodes.tookMs),
      judgeMs: Math.round(judged - loaded + nodes.tookMs),
    },
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
