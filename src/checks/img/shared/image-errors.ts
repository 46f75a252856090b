import type {ErrorEntry} from '../../../data/errors.ts';
import {classifyError} from '../../../data/errors.ts';
import {indexEvents} from '../../../kube/events.ts';
import {containersOf} from '../../../kube/containers.ts';
import type {OsContext} from '../../../kube/os.ts';
import {isWell, statusesOf, windowsPods} from '../../../kube/pods.ts';
import type {PlacedPod} from '../../../kube/pods.ts';
import type {Event} from '../../../kube/types.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {Workload} from '../../../kube/workloads.ts';
import {collected} from '../../../snapshot/evidence.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {CheckInput, Fail, Outcome, Ref} from '../../define.ts';
import {pass, ref, subjectOf} from '../../define.ts';

/** Something that went wrong with an image of a pod, in the words of the kubelet. */
export interface ImageError {
  placed: PlacedPod;
  /** `ErrImagePull`, `Failed`, `FailedCreatePodSandBox`, … */
  reason: string;
  text: string;
  /** What the error catalogue knows of the text. */
  known: ErrorEntry | undefined;
  /** The image of the container concerned; none for the sandbox and where the event does not say. */
  image?: string;
  evidence: Ref;
  since?: string;
}

/** What checks of images read beside the workloads. */
export interface ImageContext extends OsContext {
  events: Evidence<Event[]>;
  now: number;
}

const EVENT_REASONS: ReadonlySet<string> = new Set([
  'Failed',
  'FailedCreatePodSandBox',
  'ErrImagePull',
  'BackOff',
  'InspectFailed',
]);

/** A Windows pod that does not do its work, and what its statuses and its events of the last hour complain of. */
export interface SickPod {
  placed: PlacedPod;
  errors: ImageError[];
}

/** A workload with pods on Windows, and those of them that are sick. */
export interface WorkloadErrors {
  workload: Workload;
  sick: SickPod[];
}

type Seen = readonly [nodes: unknown, runtimeClasses: unknown, events: unknown, now: number];
const gathered = new WeakMap<readonly Workload[], {seen: Seen; found: readonly WorkloadErrors[]}>();

/** Every workload with pods on Windows, with its sick pods. It is gathered once for all checks of a snapshot. */
export function imageErrors(
  workloads: readonly Workload[],
  context: ImageContext,
): readonly WorkloadErrors[] {
  const {nodes, runtimeClasses, events, now} = context;
  const seen: Seen = [valueOf(nodes), valueOf(runtimeClasses), valueOf(events), now];
  const known = gathered.get(workloads);
  if (known?.seen.every((value, i) => value === seen[i])) return known.found;
  const found = gather(workloads, context);
  gathered.set(workloads, {seen, found});
  return found;
}

function valueOf(evidence: Evidence<unknown>): unknown {
  return evidence.ok ? evidence.value : undefined;
}

function gather(workloads: readonly Workload[], context: ImageContext): WorkloadErrors[] {
  const index = context.events.ok ? indexEvents(context.events.value) : undefined;
  const found = new Map<Workload, WorkloadErrors>();
  for (const placed of windowsPods(workloads, context)) {
    const {pod, workload} = placed;
    let of = found.get(workload);
    if (!of) found.set(workload, (of = {workload, sick: []}));
    if (isWell(pod)) continue;
    const events = index?.recent(pod, context.now) ?? [];
    of.sick.push({placed, errors: [...fromStatuses(placed), ...events.flatMap(e => fromEvent(placed, e))]});
  }
  return [...found.values()];
}

function fromStatuses(placed: PlacedPod): ImageError[] {
  const {pod} = placed;
  return statusesOf(pod).flatMap(({status, pointer}) => {
    const {waiting, terminated} = status.state ?? {};
    const state = waiting ?? terminated;
    const field = waiting ? 'waiting' : 'terminated';
    if (!state?.reason && !state?.message) return [];
    const image = containersOf(placed.view.spec).find(c => c.container.name === status.name)?.container.image;
    return [
      {
        placed,
        reason: state.reason ?? '',
        text: state.message ?? '',
        known: classifyError(state.message ?? ''),
        ...(image !== undefined && {image}),
        evidence: ref(
          pod,
          `${pointer}/state/${field}/${state.message === undefined ? 'reason' : 'message'}`,
          state.message ?? state.reason,
        ),
        ...(pod.metadata.creationTimestamp !== undefined && {since: pod.metadata.creationTimestamp}),
      },
    ];
  });
}

const QUOTED = /image "([^"\s]{1,512})"/;
const CONTAINER = /^spec\.(?:initC|c)ontainers\{([^}]{1,63})\}$/;

function fromEvent(placed: PlacedPod, event: Event): ImageError[] {
  const {reason = '', message = '', involvedObject, firstTimestamp} = event;
  if (!EVENT_REASONS.has(reason)) return [];
  const container = CONTAINER.exec(involvedObject.fieldPath ?? '')?.[1];
  const named = containersOf(placed.view.spec).find(c => c.container.name === container)?.container.image;
  const image = reason === 'FailedCreatePodSandBox' ? undefined : (named ?? QUOTED.exec(message)?.[1]);
  return [
    {
      placed,
      reason,
      text: message,
      known: classifyError(message),
      ...(image !== undefined && {image}),
      evidence: ref(event, '/message', message),
      ...(firstTimestamp !== undefined && {since: firstTimestamp}),
    },
  ];
}

/** Whether the error is about the sandbox, and so about the pause image. */
export function isOfSandbox({reason}: ImageError): boolean {
  return reason === 'FailedCreatePodSandBox';
}

/** A fail on the workload that the pod is of; on the node, where the sandbox failed and the node is known. */
export function failOf(
  error: ImageError,
  rest: Pick<Fail, 'cause' | 'message' | 'severity' | 'fix' | 'links'>,
): Fail {
  const {pod, workload} = error.placed;
  const node = pod.nodeName;
  const ofNode = isOfSandbox(error) && node !== undefined;
  return {
    status: 'fail',
    subject: ofNode ? {kind: 'Node', name: node} : subjectOf(workload.owner),
    ...(node !== undefined && {node}),
    ...(!ofNode && {workload: idOf(workload.owner)}),
    evidence: [error.evidence, ...imageRefs(error)],
    ...(error.since !== undefined && {since: error.since}),
    ...rest,
  };
}

/** Where the specification names the image. */
function imageRefs({placed: {pod, view}, image}: ImageError): Ref[] {
  const named = containersOf(view.spec).find(c => image !== undefined && c.container.image === image);
  return named ? [ref(pod, `/spec${named.pointer}/image`, image)] : [];
}

/** The image as people name it in a sentence: its name in back-ticks, or what it is where the name is not known. */
export function nameOfImage(error: ImageError): string {
  if (isOfSandbox(error)) return 'the pause image';
  return error.image === undefined ? 'an image' : `\`${error.image}\``;
}

/** Judges workloads by the image errors that the catalogue gives to one check: the first of each sick pod counts. */
export function* judgeImageErrors(
  id: string,
  {workloads, events, now, wants}: CheckInput<'workloads' | 'events', 'nodes' | 'runtimeClasses'>,
  failOfError: (error: ImageError) => Fail,
): Iterable<Outcome> {
  for (const {workload, sick} of imageErrors(workloads, {...wants, events: collected(events), now})) {
    const found = sick.flatMap(pod => pod.errors.find(e => e.known?.judgedBy === id) ?? []);
    yield* found.map(failOfError);
    if (found.length === 0) yield pass(workload.owner);
  }
}
