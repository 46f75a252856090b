import {BUILDS, buildName, imageRunsOn} from '../../data/builds.ts';
import {isHypervisorHandler} from '../../data/handlers.ts';
import {buildOfImage} from '../../data/image-tags.ts';
import {BUILD_LABEL, nodesOf, runtimeClassOf, windowsBuild} from '../../kube/os.ts';
import {containersOf, isHostProcess} from '../../kube/containers.ts';
import {Placements, placedSpecs} from '../../kube/placement.ts';
import type {Node, RuntimeClass} from '../../kube/types.ts';
import type {Version} from '../../kube/version.ts';
import {compareVersions, minorOf, parseVersion} from '../../kube/version.ts';
import type {SpecView, Workload} from '../../kube/workloads.ts';
import type {Evidence} from '../../snapshot/evidence.ts';
import {gapOf, missing} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, specRef, subjectOf, unknown} from '../define.ts';
import {selectedBuilds} from './shared/selected-builds.ts';

const LABEL_VALUE = /^10\.0\.(\d{5})$/;

export default defineCheck({
  id: 'IMG013',
  name: 'image-build-unplaceable',
  severity: 'error',
  since: '0.1.0',
  title: 'No node that may be chosen can run the image',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses', 'namespaces', 'version'],
  docs: {
    what: 'The Windows build that an image’s tag states (`ltsc2019`, `1809`, `10.0.20348.…`) against the builds that the pod may go to: what `node.kubernetes.io/windows-build` of its own selector, affinity or RuntimeClass says, which must have the form `10.0.20348`; without that, the builds of the cluster’s Windows nodes and those that its Kubernetes version lists. HostProcess and Hyper-V isolation are spared; pods that sit on a node are IMG001’s.',
    why: 'Wherever the pod lands it cannot start, or it never leaves Pending.',
    fix: [
      'Make both agree: `ltsc2019` needs 10.0.17763, `ltsc2022` 10.0.20348, `ltsc2025` 10.0.26100; nodes of Server 2025 run `ltsc2022`, too.',
      'Rebuild the image on a base that the cluster’s nodes run.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#handling-multiple-windows-versions-in-the-same-cluster',
    ],
  },
  *run({workloads, source, wants}) {
    const {nodes, runtimeClasses, version} = wants;
    const placements = new Placements({...wants, source});
    const offered = buildsOffered(nodes, version.ok ? parseVersion(version.value.gitVersion) : undefined);
    const nodesGap = source === 'files' ? undefined : gapOf(nodes);
    for (const workload of workloads) {
      for (const view of placedSpecs(workload)) {
        const images = imagesOf(view);
        const runtimeClass = runtimeClassOf(view.spec, runtimeClasses);
        // A pod that sits on a node is IMG001's.
        if (view.pods.some(p => p.nodeName !== undefined)) continue;
        if (images.length === 0 || isHostProcess(view.spec)) continue;
        if (isHypervisorHandler(runtimeClass?.handler)) continue;
        const {nodeSelector} = placements.termsOf(view);
        const judged: Case = {workload, view, images, runtimeClass, nodeSelector, offered};
        const outcome = judgeView(judged);
        // A node that was not read may be of a build that the version no longer lists.
        const isSure =
          !nodesGap || judgeView({...judged, offered: buildsOffered(nodes, undefined)}).status !== 'pass';
        yield outcome.status !== 'fail' || isSure ? outcome : unknown(workload.owner, 'nodes', nodesGap);
      }
    }
  },
});

interface Image {
  name: string;
  build: number;
  pointer: string;
}

interface Offer {
  /** The Kubernetes version, for people. */
  of: string;
  builds: readonly number[];
}

interface Case {
  workload: Workload;
  view: SpecView;
  images: readonly Image[];
  runtimeClass: RuntimeClass | undefined;
  /** What the pod selects in the end, by itself, its namespace and its RuntimeClass. */
  nodeSelector: Record<string, string>;
  offered: Offer;
}

/** Containers whose tag states a build. */
function imagesOf(view: SpecView): Image[] {
  return containersOf(view.spec).flatMap(({container: {image: name = ''}, pointer}) => {
    const build = buildOfImage(name);
    return build === undefined ? [] : [{name, build, pointer: `${pointer}/image`}];
  });
}

function judgeView({workload, view, images, runtimeClass, nodeSelector, offered}: Case): Outcome {
  const selected = selectedBuilds(view, nodeSelector, runtimeClass);
  const {runtimeClassName} = view.spec;
  if (!selected && runtimeClassName && !runtimeClass && view.pods.length === 0) {
    const detail = `RuntimeClass ${runtimeClassName} is not known, and it may select a build`;
    const subject = subjectOf(workload.owner);
    return unknown(subject, 'runtimeClasses', missing('not-requested', detail));
  }
  const malformed = selected?.values.find(v => !LABEL_VALUE.test(v));
  if (selected && malformed !== undefined) {
    return failSpec(workload, {
      cause: 'selector-malformed',
      message: `The selector ${BUILD_LABEL} says ${JSON.stringify(malformed)}; nodes are labelled like 10.0.20348`,
      evidence: [selected.proof],
    });
  }
  const hosts = selected?.values.map(v => Number(LABEL_VALUE.exec(v)?.[1])) ?? offered.builds;
  const homeless = images.find(image => !hosts.some(host => imageRunsOn(image.build, host)));
  if (!homeless) return pass(workload.owner);
  const proof = specRef(view, homeless.pointer, homeless.name);
  if (!selected) {
    return failSpec(workload, {
      cause: 'build-not-offered',
      message: `\`${homeless.name}\` is for ${buildName(homeless.build)}, which no node of Kubernetes ${offered.of} runs`,
      evidence: [proof],
    });
  }
  return failSpec(workload, {
    cause: 'selector-of-other-build',
    message: `\`${homeless.name}\` is for ${buildName(homeless.build)}, but the pod selects nodes of ${hosts.map(buildName).join(' or ')}`,
    evidence: [proof, selected.proof],
  });
}

/** Builds that a node of this cluster or of this Kubernetes version may have; all there are where neither is known. */
function buildsOffered(nodes: Evidence<Node[]>, version: Version | undefined): Offer {
  const windows = nodesOf('windows', nodes.ok ? nodes.value : []);
  const real = windows.flatMap(n => windowsBuild(n)?.build ?? []);
  const listed = BUILDS.filter(({node, kubernetes}) => {
    const minor = version && {...version, patch: 0};
    const from = parseVersion(kubernetes?.from);
    const to = parseVersion(kubernetes?.to);
    if (!node || !minor) return node;
    return (!from || compareVersions(minor, from) >= 0) && (!to || compareVersions(minor, to) <= 0);
  });
  return {
    of: version ? minorOf(version) : 'of any version',
    builds: [...new Set([...real, ...listed.map(b => b.build)])],
  };
}
