import {isWindowsHandler} from '../../data/handlers.ts';
import {classifyError} from '../../data/errors.ts';
import {indexEvents} from '../../kube/events.ts';
import {matchesNodeSelector} from '../../kube/node-match.ts';
import {isWell, windowsPods} from '../../kube/pods.ts';
import {nodesOf, osJudge, pinnedOs} from '../../kube/os.ts';
import type {Node, RuntimeClass} from '../../kube/types.ts';
import type {Workload} from '../../kube/workloads.ts';
import {allSpecs, idOf} from '../../kube/workloads.ts';
import type {CriStatus} from '../../node/cri.ts';
import type {PerNode} from '../../node/evidence.ts';
import {valueOn} from '../../node/on-node.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Outcome, Ref} from '../define.ts';
import {defineCheck, fail, pass, ref, skip, subjectOf} from '../define.ts';
import {fileRefs} from '../each-node.ts';

const CLASS = 'runtime-handler-missing';

export default defineCheck({
  id: 'CRI007',
  name: 'runtime-handler-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'RuntimeClasses name a handler that nodes do not have',
  evidence: ['A', 'N'],
  needs: ['runtimeClasses', 'workloads', 'nodes'],
  wants: ['events', 'node.cri.status'],
  passNeeds: ['node.cri.status'],
  docs: {
    what: 'RuntimeClasses for Windows: by their selector, their handler (`runhcs-…`) or the Windows pods that use them. Their handler must be among `status.runtimeHandlers` of every Windows node that they select (kubelets fill it with containerd 2.0 and later), and no Windows pod may have failed for want of a handler in the last hour. Older containerd is asked by the agent.',
    why: 'Every sandbox of the class fails: `no runtime for … is configured`.',
    fix: [
      'See what nodes have: `kubectl get nodes -o custom-columns=NAME:.metadata.name,HANDLERS:.status.runtimeHandlers[*].name`.',
      'Correct `handler` of the RuntimeClass (`runhcs-wcow-process` for process isolation); it cannot be changed, so delete and create it.',
      'Or add the runtime to `config.toml` of containerd on those nodes, and restart containerd.',
    ],
    links: ['https://kubernetes.io/docs/concepts/containers/runtime-class/'],
  },
  *run({runtimeClasses, workloads, nodes, wants, now}) {
    const context = {
      nodes: collected(nodes),
      runtimeClasses: collected(runtimeClasses),
    };
    const index = wants.events.ok ? indexEvents(wants.events.value) : undefined;
    const used = classesOnWindows(workloads, osJudge(context));
    const refused = new Set<string>();
    for (const {pod, view, workload} of windowsPods(workloads, context)) {
      const {runtimeClassName} = view.spec;
      const event = isWell(pod)
        ? undefined
        : index
            ?.recent(pod, now)
            .find(e => e.reason === 'FailedCreatePodSandBox' && classifyError(e.message ?? '')?.id === CLASS);
      if (!event) continue;
      refused.add(runtimeClassName ?? '');
      yield {
        ...fail(pod, {
          cause: 'refused',
          message: `${pod.nodeName ?? 'The node'} has no runtime for RuntimeClass ${runtimeClassName ?? '(none)'}`,
          evidence: [ref(event, '/message', event.message)],
        }),
        subject: runtimeClassName
          ? {kind: 'RuntimeClass', name: runtimeClassName}
          : subjectOf(workload.owner),
        workload: idOf(workload.owner),
      };
    }
    for (const runtimeClass of runtimeClasses) {
      const {name} = runtimeClass.metadata;
      const forWindows =
        used.has(name) || isWindowsHandler(runtimeClass.handler) || selectsWindows(runtimeClass);
      if (!forWindows) yield skip('the RuntimeClass is not for Windows');
      else if (!refused.has(name)) {
        yield judge(runtimeClass, nodesOf('windows', nodes), wants['node.cri.status']);
      }
    }
  },
});

function classesOnWindows(workloads: readonly Workload[], judgeOs: ReturnType<typeof osJudge>): Set<string> {
  const views = workloads.flatMap(allSpecs).filter(v => v.spec.runtimeClassName && judgeOs(v) === 'windows');
  return new Set(views.flatMap(v => v.spec.runtimeClassName ?? []));
}

function selectsWindows({scheduling}: RuntimeClass): boolean {
  return pinnedOs({containers: [], nodeSelector: scheduling?.nodeSelector ?? {}}) === 'windows';
}

/** Handlers of a node, and where they stand: as its kubelet says, else as containerd itself does. */
interface NodeHandlers {
  node: Node;
  names: readonly string[];
  proof: Ref;
}

function handlersOf(node: Node, statuses: Evidence<PerNode<CriStatus>>): NodeHandlers | undefined {
  const listed = node.status.runtimeHandlers;
  if (listed !== undefined && listed.length > 0) {
    const names = listed.map(h => h.name ?? '');
    return {node, names, proof: ref(node, '/status/runtimeHandlers', listed)};
  }
  const own = valueOn(statuses, node.metadata.name)?.handlers ?? [];
  const [first] = own;
  if (!first) return undefined;
  // Their common parent: a list, or a table of the configuration.
  const pointer = first.pointer.slice(0, first.pointer.lastIndexOf('/'));
  return {node, names: own.map(h => h.name), proof: fileRefs(node)('cri/status.json', pointer)};
}

function judge(
  runtimeClass: RuntimeClass,
  nodes: readonly Node[],
  statuses: Evidence<PerNode<CriStatus>>,
): Outcome {
  const {handler = '', scheduling, metadata} = runtimeClass;
  const selected = nodes.filter(n => matchesNodeSelector(scheduling?.nodeSelector, n.metadata));
  const lacking = selected
    .map(node => handlersOf(node, statuses))
    .filter(known => known !== undefined && !known.names.includes(handler));
  const [first] = lacking;
  if (!first) return pass(runtimeClass);
  const has = first.names.map(name => name || '(default)').join(', ');
  return fail(runtimeClass, {
    cause: 'not-listed',
    message: `RuntimeClass ${metadata.name} names handler ${JSON.stringify(handler)}, which ${lacking.length} of the ${selected.length} Windows nodes it selects lack: ${first.node.metadata.name} has ${has}`,
    evidence: [ref(runtimeClass, '/handler', handler), first.proof],
  });
}
