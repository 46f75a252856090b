import {imageRunsOn} from '../../data/builds.ts';
import {isHypervisorHandler} from '../../data/handlers.ts';
import {buildOfImage} from '../../data/image-tags.ts';
import {osJudge, runtimeClassOf, windowsBuild} from '../../kube/os.ts';
import {containersOf, isHostProcess} from '../../kube/containers.ts';
import {Placements, placedSpecs} from '../../kube/placement.ts';
import type {Node, Pod, PodSpec, RuntimeClass} from '../../kube/types.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import {defineCheck, failSpec, pass, ref, skip, unknown} from '../define.ts';
import type {Outcome} from '../define.ts';
import {termsRef} from './shared/os-fit.ts';
import {isReady} from '../../kube/pods.ts';
import {collected} from '../../snapshot/evidence.ts';

export default defineCheck({
  id: 'SCH006',
  name: 'mixed-builds-no-build-selector',
  severity: 'warning',
  since: '0.1.0',
  title: 'Windows nodes of several builds, and a workload that names none',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'namespaces'],
  docs: {
    what:
      'Workloads with process isolation whose scheduling terms leave Windows nodes of more than one build. HostProcess ' +
      'pods and Hyper-V isolation are spared, and so is what runs everywhere it may go: by a tag whose build each of ' +
      'the nodes takes (Windows Server 2025 also runs 2022 images), or by pods that are ready on every build.',
    why:
      'Under process isolation an image runs only on its own build, apart from few pairs. Whether a pod starts then ' +
      'depends on the node that the scheduler happens to choose: "The container operating system does not match the host operating system".',
    fix: [
      'See the builds: `kubectl get nodes -l kubernetes.io/os=windows -L node.kubernetes.io/windows-build`.',
      "Select the image's build in the pod template: `nodeSelector: {kubernetes.io/os: windows, node.kubernetes.io/windows-build: '10.0.20348'}`.",
      'Or keep selector and toleration in a RuntimeClass for each build, and name it: `runtimeClassName: windows-2022`.',
      'Or publish one tag as a manifest list with an image for each build.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#handling-multiple-windows-versions-in-the-same-cluster',
    ],
  },
  *run({workloads, nodes, wants, source}) {
    const known = collected(nodes);
    const builds = new Map(
      nodes.flatMap(n => (windowsBuild(n) ? [[n.metadata.name, windowsBuild(n)?.build]] : [])),
    );
    if (new Set(builds.values()).size < 2) {
      yield skip('all Windows nodes are of one build');
      return;
    }
    const placements = new Placements({...wants, nodes: known, source});
    const osOf = osJudge({nodes: known, runtimeClasses: wants.runtimeClasses});
    for (const workload of workloads) {
      const views = placedSpecs(workload).filter(v => osOf(v) === 'windows');
      const bound = views.filter(({spec}) => isBuildBound(spec, runtimeClassOf(spec, wants.runtimeClasses)));
      if (bound.length === 0) yield skip('not a Windows workload with process isolation');
      else {
        const outcome = judge(workload, bound, placements);
        const gap = bound.map(v => placements.termsGap(v)).find(Boolean);
        yield gap && outcome.status === 'fail' ? unknown(workload.owner, gap.evidence, gap.missing) : outcome;
      }
    }
  },
});

function isBuildBound(spec: PodSpec, runtimeClass: RuntimeClass | undefined): boolean {
  return !isHostProcess(spec) && !isHypervisorHandler(runtimeClass?.handler);
}

function judge(workload: Workload, views: SpecView[], placements: Placements): Outcome {
  for (const view of views) {
    const nodes = placements.of(view).allowed.windows;
    const builds = [...new Set(nodes.flatMap(n => windowsBuild(n)?.build ?? []))].sort((a, b) => a - b);
    if (builds.length < 2 || fitsAll(view.spec, builds) || runsOnAll(workload.pods, nodes, builds)) continue;
    const examples = builds.flatMap(b => nodes.find(n => windowsBuild(n)?.build === b) ?? []);
    return failSpec(workload, {
      cause: 'build-not-selected',
      message: `its pods may be placed on Windows nodes of builds ${builds.join(', ')}, and it selects none of them`,
      evidence: [
        termsRef(view),
        ...examples.map(n => ref(n, '/status/nodeInfo/kernelVersion', n.status.nodeInfo?.kernelVersion)),
      ],
    });
  }
  return pass(workload.owner);
}

/** Whether the tags of all images name a build that runs on every one of these. */
function fitsAll(spec: PodSpec, builds: number[]): boolean {
  return containersOf(spec).every(({container: {image = ''}}) => {
    const tagged = buildOfImage(image);
    return tagged !== undefined && builds.every(host => imageRunsOn(tagged, host));
  });
}

/** Whether a pod of it is ready on each of the builds. */
function runsOnAll(pods: Pod[], nodes: Node[], builds: number[]): boolean {
  const buildOf = new Map(nodes.map(n => [n.metadata.name, windowsBuild(n)?.build]));
  const proven = new Set(pods.filter(isReady).map(p => buildOf.get(p.nodeName ?? '')));
  return builds.every(b => proven.has(b));
}
