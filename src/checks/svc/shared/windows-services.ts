import {nodeNamesOf, osJudge} from '../../../kube/os.ts';
import type {Os, OsContext} from '../../../kube/os.ts';
import type {Backend} from '../../../kube/services.ts';
import {selectionOf} from '../../../kube/services.ts';
import type {Service} from '../../../kube/types.ts';
import type {SpecView, Workload} from '../../../kube/workloads.ts';
import {decisiveSpecs} from '../../../kube/workloads.ts';

/** A Service with what it selects, and whether any of that is for Windows. */
export interface SelectedService {
  service: Service;
  backends: Backend[];
  /** The backends that are for Windows. */
  windows: Backend[];
}

/** Pairs every Service that selects pods with its backends. */
export function* selectedServices(
  services: readonly Service[],
  workloads: readonly Workload[],
  context: OsContext,
): Generator<SelectedService> {
  const selection = selectionOf(workloads, services);
  const judge = osJudge(context);
  const windowsNodes = nodeNamesOf('windows', context.nodes);
  const known = new Map<Workload, boolean>();
  const isWindows = (workload: Workload): boolean => {
    const answer = known.get(workload) ?? windowsWorkload(workload, judge, windowsNodes);
    known.set(workload, answer);
    return answer;
  };
  for (const service of services) {
    const {selector, type} = service.spec;
    if (type === 'ExternalName' || !selector || Object.keys(selector).length === 0) continue;
    const backends = selection.of(service);
    yield {service, backends, windows: backends.filter(b => isWindows(b.workload))};
  }
}

function windowsWorkload(
  workload: Workload,
  judge: (view: SpecView) => Os | undefined,
  windowsNodes: ReadonlySet<string>,
): boolean {
  if (workload.pods.some(p => p.nodeName !== undefined && windowsNodes.has(p.nodeName))) return true;
  return decisiveSpecs(workload).some(view => judge(view) === 'windows');
}
