import {BUILD_LABEL, OS_LABELS, osOf, pinnedOs, runtimeClassOf} from '../../kube/os.ts';
import type {Os} from '../../kube/os.ts';
import {NAMESPACE_SELECTORS, Placements} from '../../kube/placement.ts';
import {isFinished} from '../../kube/pods.ts';
import type {Namespace, PodSpec, RuntimeClass} from '../../kube/types.ts';
import {allSpecs} from '../../kube/workloads.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {escapePointer} from '../../kube/shape.ts';
import {defineCheck, failSpec, pass, ref, specRef} from '../define.ts';
import type {Fail, Outcome, Ref} from '../define.ts';

/** One place that names an OS for a pod. */
interface Claim {
  os: Os;
  /** Which place: the class of cause. */
  by: string;
  /** As the message quotes it. */
  text: string;
  evidence: Ref;
}

export default defineCheck({
  id: 'SCH011',
  name: 'os-contradiction',
  severity: 'error',
  since: '0.1.0',
  title: 'A pod is told to be for Windows and for Linux',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['runtimeClasses', 'namespaces', 'nodes'],
  docs: {
    what:
      'Everything that names an OS for a pod is compared: `spec.os.name`, its node selector (`kubernetes.io/os`, and a ' +
      'Windows build), its required node affinity, the node selector of its RuntimeClass, and the node selector that an ' +
      'annotation of its namespace imposes. It fails where two disagree.',
    why:
      'The pod never runs. Where selectors disagree, admission refuses it or no node matches; where `spec.os` and the ' +
      'selector disagree, the kubelet of the node that it lands on refuses it (PodOSNotSupported).',
    fix: [
      'Decide which is right by the image, and make the others say the same: `os: {name: windows}` goes with `nodeSelector: {kubernetes.io/os: windows}`.',
      'Look at what the RuntimeClass adds: `kubectl get runtimeclass CLASS -o yaml`.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/workloads/pods/#pod-os',
      'https://kubernetes.io/docs/concepts/containers/runtime-class/#scheduling',
    ],
  },
  *run({workloads, wants, source}) {
    const placements = new Placements({...wants, source});
    for (const workload of workloads) {
      // Live pods were admitted: then nothing heeds the annotation, or it does not contradict.
      const admitted = workload.pods.length > 0;
      yield judge(workload, view => {
        const runtimeClass = runtimeClassOf(view.spec, wants.runtimeClasses);
        return claimsOf(view, {runtimeClass, placements, admitted});
      });
    }
  },
});

function judge(workload: Workload, claims: (view: SpecView) => Claim[]): Outcome {
  const views = allSpecs(workload).filter(v => v.pods.length === 0 || v.pods.some(p => !isFinished(p)));
  for (const view of views) {
    const [first, ...others] = claims(view);
    const other = first && others.find(c => c.os !== first.os);
    if (first && other) return contradiction(workload, first, other);
  }
  return pass(workload.owner);
}

function contradiction(workload: Workload, a: Claim, b: Claim): Fail {
  return failSpec(workload, {
    cause: `${a.by} against ${b.by}`,
    message: `${a.text} says ${a.os}, and ${b.text} says ${b.os}`,
    evidence: [a.evidence, b.evidence],
  });
}

interface ClaimContext {
  runtimeClass: RuntimeClass | undefined;
  placements: Placements;
  admitted: boolean;
}

function claimsOf(view: SpecView, {runtimeClass, placements, admitted}: ClaimContext): Claim[] {
  const {spec} = view;
  const claims: Claim[] = [];
  const claim = (os: Os | undefined, rest: Omit<Claim, 'os'>): void => {
    if (os) claims.push({os, ...rest});
  };
  claim(osOf(spec.os?.name), {
    by: 'spec.os',
    text: '`spec.os.name`',
    evidence: specRef(view, '/os/name', spec.os?.name),
  });
  claim(
    ...ofSelector(spec.nodeSelector, pointer => specRef(view, pointer), {
      by: 'selector',
      text: 'its node selector',
    }),
  );
  const affinity: PodSpec = {containers: [], ...(spec.affinity && {affinity: spec.affinity})};
  claim(pinnedOs(affinity), {
    by: 'affinity',
    text: 'its required node affinity',
    evidence: specRef(view, '/affinity/nodeAffinity', spec.affinity?.nodeAffinity),
  });
  if (runtimeClass) {
    const {name} = runtimeClass.metadata;
    const text = `RuntimeClass ${name}`;
    const at = (pointer: string): Ref => ref(runtimeClass, `/scheduling${pointer}`);
    claim(...ofSelector(runtimeClass.scheduling?.nodeSelector, at, {by: 'RuntimeClass', text}));
  }
  const namespace = placements.namespace(view.holder.metadata.namespace);
  if (namespace && !admitted) {
    const text = `the node selector in the annotations of namespace ${namespace.metadata.name}`;
    const [os, claimed] = ofSelector(
      placements.namespaceSelector(namespace.metadata.name),
      pointer => ref(namespace, pointer),
      {by: 'namespace', text},
    );
    claim(os, {...claimed, evidence: selectorRef(namespace)});
  }
  return claims;
}

function selectorRef(namespace: Namespace): Ref {
  const {annotations} = namespace.metadata;
  const key = NAMESPACE_SELECTORS.find(name => annotations?.[name] !== undefined) ?? NAMESPACE_SELECTORS[0];
  return ref(namespace, `/metadata/annotations/${escapePointer(key)}`, annotations?.[key]);
}

function ofSelector(
  selector: Record<string, string> | undefined,
  at: (pointer: string) => Ref,
  {by, text}: Pick<Claim, 'by' | 'text'>,
): [Os | undefined, Omit<Claim, 'os'>] {
  const label = OS_LABELS.find(key => osOf(selector?.[key]));
  const key = label ?? (selector?.[BUILD_LABEL] === undefined ? undefined : BUILD_LABEL);
  const value = key === undefined ? undefined : selector?.[key];
  const os = label ? osOf(value) : key === undefined ? undefined : 'windows';
  const evidence = key === undefined ? at('') : {...at(`/nodeSelector/${escapePointer(key)}`), value};
  return [os, {by, text, evidence}];
}
