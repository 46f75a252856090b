import type {Node, PodSpec, RuntimeClass} from '../../../kube/types.ts';
import {osJudge} from '../../../kube/os.ts';
import type {Os} from '../../../kube/os.ts';
import {isFinished} from '../../../kube/pods.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import type {Evidence} from '../../../snapshot/evidence.ts';
import type {Outcome, Severity} from '../../define.ts';
import {failSpec, pass, skip, specRef, unknown} from '../../define.ts';

/** Something wrong in a pod specification. Pointers count from the spec. */
export interface SpecFault {
  cause: string;
  message: string;
  places: {pointer: string; value?: unknown}[];
  severity?: Severity;
  fix?: string[];
}

/** A spec, what it is for, and what its faults are looked for in. */
export interface SpecContext {
  view: SpecView;
  spec: PodSpec;
  workload: Workload;
  os: Os | undefined;
}

/** Evidence by which specifications are judged. */
export interface SpecInput {
  workloads: Workload[];
  wants: {nodes: Evidence<Node[]>; runtimeClasses: Evidence<RuntimeClass[]>};
  source: 'cluster' | 'capture' | 'files';
}

/** Which specs a rule is about, and what it finds in one. */
export interface SpecRule {
  /** Specs of these systems only; `any` for rules that hold whatever a pod is for. */
  of: 'windows' | 'any';
  faults: (context: SpecContext) => SpecFault[];
}

/**
 * Judges every workload by the rule: one fail for each kind of fault, whether it stands in the template or only in
 * live pods (injected, or of an older revision). The template is named as evidence where it has the fault, too.
 */
export function* judgeSpecs(input: SpecInput, rule: SpecRule): Generator<Outcome> {
  const osOf = osJudge({nodes: input.wants.nodes, runtimeClasses: input.wants.runtimeClasses});
  for (const workload of input.workloads) yield* judgeWorkload({input, rule, osOf}, workload);
}

interface Judging {
  input: SpecInput;
  rule: SpecRule;
  osOf: (view: SpecView) => Os | undefined;
}

function* judgeWorkload({input, rule, osOf}: Judging, workload: Workload): Generator<Outcome> {
  const {nodes} = input.wants;
  const found = new Set<string>();
  let judged = 0;
  let unclear = 0;
  for (const view of specsInUse(workload)) {
    const os = osOf(view) ?? (view === workload.template ? osOfLive(workload, osOf) : undefined);
    if (os === undefined && !nodes.ok && input.source !== 'files') unclear++;
    if (rule.of === 'windows' && os !== 'windows') continue;
    judged++;
    const byCause = Map.groupBy(rule.faults({view, spec: view.spec, workload, os}), f => f.cause);
    for (const [cause, [fault, ...alike]] of byCause) {
      if (!fault || found.has(cause)) continue;
      found.add(cause);
      const places = [fault, ...alike].flatMap(f => f.places);
      const evidence = places.map(p => specRef(view, p.pointer, p.value));
      yield failSpec(workload, {...said(fault), evidence});
    }
  }
  if (found.size > 0) return;
  if (judged > 0) yield pass(workload.owner);
  else if (unclear > 0 && !nodes.ok) {
    yield unknown(workload.owner, 'nodes', nodes);
  } else yield skip('not for Windows');
}

/** A fault as a fail says it, but for its places. */
function said({cause, message, severity, fix}: SpecFault): Omit<SpecFault, 'places'> {
  return {cause, message, ...(severity && {severity}), ...(fix && {fix})};
}

/** The template, then the specs of pods that have not ended. */
function specsInUse(workload: Workload): SpecView[] {
  const live = workload.live.filter(v => v.pods.some(p => !isFinished(p)));
  return workload.template ? [workload.template, ...live] : live;
}

/** A template that shows no OS is for what its pods run on. */
function osOfLive(workload: Workload, osOf: (view: SpecView) => Os | undefined): Os | undefined {
  const [first] = workload.live;
  return first && osOf(first);
}
