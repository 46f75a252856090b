import type {SpecView, Workload} from '../kube/workloads.ts';
import {idOf} from '../kube/workloads.ts';
import type {KubeObject} from '../kube/types.ts';
import type {Evidence, Missing, MissingReason} from '../snapshot/evidence.ts';
import type {NodeKey} from '../node/evidence.ts';
import type {EvidenceKey, EvidenceMap, Source} from '../snapshot/snapshot.ts';
import type {ObjectRef, Ref} from './ref.ts';

export type {FileRef, LogRef, ObjectRef, ProbeRef, Ref} from './ref.ts';

export type Severity = 'error' | 'warning' | 'info';

/** Kinds of evidence that a check can judge by: API, node state, probes, logs, manifests (CHECKS.md). */
export type EvidenceKind = 'A' | 'N' | 'P' | 'L' | 'M';

export const AREAS = [
  'SCH',
  'POD',
  'IMG',
  'CRI',
  'NOD',
  'ADV',
  'HNS',
  'SVC',
  'CNI',
  'NET',
  'DNS',
  'KBL',
  'LOG',
  'IDN',
  'STO',
  'CLD',
  'CIB',
  'EVT',
  'AGT',
] as const;

export type Area = (typeof AREAS)[number];

/** Sets of checks that a user can ask for with `--profile`. */
export type ProfileName = 'support' | 'ci-build' | 'host-process' | 'gmsa' | 'storage';

/** What a finding is about. */
export interface Subject {
  kind: string;
  namespace?: string;
  name: string;
}

/** One of the things that a fail tells of together. */
export interface Part {
  /** What makes it the same one in another look: a GUID, an address, a port. */
  readonly key: string;
  /** How the message speaks of it, where it is the first. */
  readonly as: string;
  readonly evidence: readonly Ref[];
}

/** A fault on one subject. */
export interface Fail {
  status: 'fail';
  subject: Subject;
  /** Node that the subject sits on: joins causes (`causes/graph.ts`). A Node's own name needs no saying. */
  node?: string;
  /** `Kind/namespace/name` of the workload that the subject belongs to: joins causes. */
  workload?: string;
  severity?: Severity;
  /** Which of several faults of one cause on this subject it is (a VIP and port, an address): a second look goes by it. */
  key?: string;
  /**
   * Where one fail tells of many things of a node: each of them. A second look settles them one by one, and `retell` says what
   * is left.
   */
  parts?: readonly Part[];
  /** Groups fails of a check into findings and makes the fingerprint: a class of cause, no subject, no figure. */
  cause: string;
  /** One sentence with the values seen. */
  message: string;
  evidence: Ref[];
  /** What to type next; the check's `docs.fix` where absent. */
  fix?: string[];
  links?: string[];
  /** When it began, from the evidence itself. */
  since?: string;
  state?: 'suspected' | 'confirmed';
}

/** Looked at and found right. */
export interface Pass {
  status: 'pass';
  subject: Subject | KubeObject;
}

/** Does not apply, and why. */
export interface Skip {
  status: 'skip';
  reason: string;
}

/** Could not be judged on this subject, and why. */
export interface Unknown {
  status: 'unknown';
  subject: Subject;
  evidence: string;
  reason: MissingReason;
  detail: string;
}

export type Outcome = Fail | Pass | Skip | Unknown;

/** Documentation of a check: `explain`, the site and SARIF rules are made of it. Plain sentences, no markup but back-ticks. */
export interface CheckDocs {
  /** What is looked at and when it fails. */
  what: string;
  /** What it does to users of the workload. */
  why: string;
  /** How to mend it: sentences or commands, the least harmful first. */
  fix: readonly string[];
  /** Sources: specifications, Microsoft pages, issues. */
  links: readonly string[];
}

/** What `run` receives: exactly the evidence it declared, and the moment. */
export type CheckInput<N extends EvidenceKey, W extends EvidenceKey> = {readonly [K in N]: EvidenceMap[K]} & {
  /** Evidence that helps and may be missing. */
  readonly wants: {readonly [K in W]: Evidence<EvidenceMap[K]>};
  /** Milliseconds since 1970 of the moment that is judged. */
  readonly now: number;
  /** `files` under `lint`: then only what stands in the input is known. */
  readonly source: Source['kind'];
  readonly profile: ProfileName;
  /** Under `perNode`: the one node that is judged now; absent: all of them. */
  readonly only?: string;
};

export interface CheckDefinition<N extends EvidenceKey = never, W extends EvidenceKey = never> {
  id: `${Area}${number}`;
  /** Names the bad thing, in kebab case. */
  name: string;
  /** Severity unless an outcome says otherwise. */
  severity: Severity;
  /** Version of the tool that had it first. */
  since: string;
  /** The fault as a headline, without values. */
  title: string;
  evidence: readonly EvidenceKind[];
  /**
   * Evidence without which it is `unknown`. The first is what the check walks over: where only a part of it is there, that
   * part is judged and the rest is `unknown`. The others are looked things up in, so a part of them counts as missing.
   */
  needs: readonly [N, ...N[]];
  wants?: readonly W[];
  /**
   * `A N` checks: what must be read, too, of the nodes that a subject sits on before it may pass. Without it a pass becomes
   * `unknown`.
   */
  passNeeds?: readonly NodeKey[];
  /**
   * What it says of a node follows from the API and that node's own evidence: then a fleet is judged node by node, and the
   * evidence of each is let go (`by-node.ts`). Such a check walks by `eachNode`, or by `nodesToJudge`, and has no `passNeeds`.
   */
  perNode?: true;
  docs: CheckDocs;
  /** Pure, total, synchronous. */
  run(input: CheckInput<N, W>): Iterable<Outcome>;
  /** One sentence for two or more fails of one cause; without it the worst one's message speaks for all. */
  many?: SumUp;
  /** The message of a fail of which these parts are left; a check whose fails have parts has it. */
  retell?: Retell;
}

/** Says in one sentence what is wrong with parts, one or more, of a fail. */
export type Retell = (fail: Pick<Fail, 'cause' | 'node'>, parts: readonly Part[]) => string;

/** Says in one sentence what several fails of one cause, on so many distinct subjects, have in common. */
export type SumUp = (fails: readonly Fail[], subjects: number) => string;

/** A check with its evidence types forgotten, as the engine and the registry hold it. */
export interface Check {
  readonly id: string;
  readonly area: Area;
  readonly name: string;
  readonly severity: Severity;
  readonly since: string;
  readonly title: string;
  readonly evidence: readonly EvidenceKind[];
  readonly needs: readonly EvidenceKey[];
  readonly wants: readonly EvidenceKey[];
  readonly passNeeds: readonly NodeKey[];
  readonly perNode?: true;
  readonly docs: CheckDocs;
  run(input: unknown): Iterable<Outcome>;
  readonly many?: SumUp;
  readonly retell?: Retell;
}

/** Declares a check. The type parameters follow from `needs` and `wants`: undeclared evidence does not compile. */
export function defineCheck<const N extends EvidenceKey, const W extends EvidenceKey = never>(
  definition: CheckDefinition<N, W>,
): Check {
  const area = AREAS.find(a => definition.id.startsWith(a));
  if (!area) throw new TypeError(`${definition.id}: no such area`);
  return {
    ...definition,
    area,
    wants: definition.wants ?? [],
    passNeeds: definition.passNeeds ?? [],
    // The engine builds the input from `needs` and `wants`, so it has the shape that `definition.run` declares.
    run: input => definition.run(input as CheckInput<N, W>),
  };
}

/** Identity of an object as a subject. */
export function subjectOf(object: {kind: string; metadata: {namespace?: string; name: string}}): Subject {
  const {namespace, name} = object.metadata;
  return namespace === undefined ? {kind: object.kind, name} : {kind: object.kind, namespace, name};
}

/** A place in an object, with the value seen there. */
export function ref(object: KubeObject, pointer: string, value?: unknown): ObjectRef {
  return value === undefined ? {object, pointer} : {object, pointer, value};
}

/** A place in a pod specification: `pointer` counts from the spec (`/containers/0/image`). */
export function specRef(view: SpecView, pointer: string, value?: unknown): ObjectRef {
  return ref(view.holder, view.path + pointer, value);
}

/** A fail on an object; a pod's node and a node's name are filled in for the cause graph. */
export function fail(object: KubeObject & {nodeName?: string}, rest: Omit<Fail, 'status' | 'subject'>): Fail {
  const node = rest.node ?? (object.kind === 'Node' ? object.metadata.name : object.nodeName);
  return {status: 'fail', subject: subjectOf(object), ...(node !== undefined && {node}), ...rest};
}

/** A fail of a workload's specification. The node is known where all its pods sit on one. */
export function failSpec(workload: Workload, rest: Omit<Fail, 'status' | 'subject'>): Fail {
  return {status: 'fail', subject: subjectOf(workload.owner), workload: idOf(workload.owner), ...rest};
}

/** That a subject could not be judged, for what is missing of an evidence. */
export function unknown(subject: Subject | KubeObject, evidence: string, {reason, detail}: Missing): Unknown {
  return {
    status: 'unknown',
    subject: 'metadata' in subject ? subjectOf(subject) : subject,
    evidence,
    reason,
    detail,
  };
}

export const pass = (subject: Subject | KubeObject): Pass => ({status: 'pass', subject});
export const skip = (reason: string): Skip => ({status: 'skip', reason});
