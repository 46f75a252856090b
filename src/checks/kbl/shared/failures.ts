import type {PlacedPod} from '../../../kube/pods.ts';
import {idOf} from '../../../kube/workloads.ts';
import type {Fail, SumUp} from '../../define.ts';
import {subjectOf} from '../../define.ts';
import type {Symptom} from '../../symptoms.ts';
import {count} from '../../../text/words.ts';
import type {ErrorClass} from '../../../data/error-class.ts';
import {errorClass} from '../../../data/error-class.ts';

/** The class of error that holds a pod up, with the text that shows it. */
export interface Diagnosis extends Symptom {
  kind: ErrorClass;
}

const MAX_QUOTE = 300;

/** Chooses the error that holds the pod up: the first one given that is no mere echo of another; noise never. */
export function diagnose(symptoms: readonly Symptom[], {pod, workload}: PlacedPod): Diagnosis | undefined {
  const {metadata, spec} = pod;
  const names = [
    metadata.name,
    metadata.namespace ?? '',
    metadata.uid ?? '',
    workload.owner.metadata.name,
    pod.nodeName ?? '',
    ...spec.containers.map(c => c.name),
    ...(spec.volumes ?? []).map(v => v.name),
  ];
  let echo: Diagnosis | undefined;
  for (const symptom of symptoms) {
    const kind = errorClass(symptom.text, names);
    if (!kind) continue;
    const diagnosis = {...symptom, kind};
    if (!kind.entry?.fallout) return diagnosis;
    echo ??= diagnosis;
  }
  return echo;
}

/** What callers put before the error that they got, each in turn. */
const WRAPPERS = [
  /^Failed to create pod sandbox: /,
  /^rpc error: code = \w{1,32} desc = /,
  /^failed to (?:setup|create|start) (?:network for sandbox|sandbox|containerd task|shim task)(?: "[^"]{1,128}")?: /,
  /^error: /i,
];
/** Ids of sandboxes and containers tell nobody anything whole. */
const LONG_ID = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;
/** HNS repeats its error as JSON. */
const ECHO = ' {"Success":';

/** The text of an error as a finding quotes it: what failed first, in one line, not too long. */
export function quote(text: string): string {
  let line = text.replaceAll(/\s+/g, ' ').trim().replaceAll(LONG_ID, '$1');
  for (let wrapper: RegExp | undefined; (wrapper = WRAPPERS.find(w => w.test(line)));) {
    line = line.replace(wrapper, '');
  }
  const echo = line.indexOf(ECHO);
  if (echo > 0) line = line.slice(0, echo);
  return line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line;
}

/** One fail for each workload, node and class, however many of its pods show it. */
export class FailureGroups {
  readonly #groups = new Map<string, {first: PlacedPod; diagnosis: Diagnosis; pods: number}>();
  readonly #failing = new Set<string>();

  add(placed: PlacedPod, diagnosis: Diagnosis): void {
    const id = idOf(placed.workload.owner);
    this.#failing.add(id);
    const key = `${id}\0${placed.pod.nodeName ?? ''}\0${diagnosis.kind.cause}`;
    const group = this.#groups.get(key);
    if (group) group.pods++;
    else this.#groups.set(key, {first: placed, diagnosis, pods: 1});
  }

  has(workload: PlacedPod['workload']): boolean {
    return this.#failing.has(idOf(workload.owner));
  }

  /** `what` is said of the pods: `cannot get a sandbox`. */
  *fails(what: string, fix: readonly string[]): Generator<Fail> {
    for (const {first, diagnosis, pods} of this.#groups.values()) {
      const {owner} = first.workload;
      const {nodeName} = first.pod;
      const {entry} = diagnosis.kind;
      const subject = subjectOf(owner);
      const where = nodeName === undefined ? '' : ` on ${nodeName}`;
      const means = entry ? `${entry.meaning}; it says` : 'the error is';
      yield {
        status: 'fail',
        subject,
        ...(nodeName !== undefined && {node: nodeName}),
        workload: idOf(owner),
        cause: diagnosis.kind.cause,
        message: `${count(pods, 'pod')} of ${subject.namespace ?? ''}/${subject.name}${where} ${what}: ${means} "${quote(diagnosis.text)}"`,
        evidence: [diagnosis.ref],
        fix: (entry?.remedy ?? fix).map(step => named(step, nodeName)),
        ...(entry && {links: [...entry.links]}),
        ...(diagnosis.since !== undefined && {since: diagnosis.since}),
      };
    }
  }
}

/** A step with the node of the pod in the place of NODE, so that it can be typed as it stands. */
function named(step: string, node: string | undefined): string {
  return node === undefined ? step : step.replaceAll(/\bNODE\b/g, () => node);
}

/** `12 workloads on 3 nodes cannot …: meaning`: what many fails of one class have in common. */
export function sumUp(what: string): SumUp {
  return (fails, subjects) => {
    const nodes = new Set(fails.flatMap(f => f.node ?? [])).size;
    const [first] = fails;
    const reason = first ? first.message.slice(first.message.indexOf(`${what}: `) + what.length + 2) : '';
    return `Pods of ${count(subjects, 'workload')} on ${count(nodes, 'node')} ${what}: ${reason}`;
  };
}
