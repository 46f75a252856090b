import {buildName, imageRunsOn} from '../../data/builds.ts';
import {buildOfImage} from '../../data/image-tags.ts';
import {isHypervisorHandler} from '../../data/handlers.ts';
import {containersOf, isHostProcess, runtimeClassOf, windowsBuild} from '../../kube/os.ts';
import {isWell, windowsPods} from '../../kube/pods.ts';
import type {Node} from '../../kube/types.ts';
import {idOf} from '../../kube/workloads.ts';
import {defineCheck, pass, ref, skip, subjectOf} from '../define.ts';

export default defineCheck({
  id: 'IMG001',
  name: 'image-build-incompatible',
  severity: 'error',
  since: '0.1.0',
  title: 'Images are for another Windows build than the node',
  evidence: ['A', 'N'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses'],
  passNeeds: ['node.cri'],
  docs: {
    what: 'Images of Windows pods that sit on a node and do not run, by the build that their tag states (`ltsc2022`, `1809`, `10.0.20348.2582`), against the build of the node. Under process isolation Server 2019 runs images of 2019 only, Server 2022 of 2022, version 23H2 of 2022, and Server 2025 of 2022 and 2025. HostProcess containers and Hyper-V isolation are spared. A tag that states no build takes the agent, which reads `os.version` of the pulled image.',
    why: 'The container cannot start on that node: the pull finds no entry, or the start ends with 0xc0370101.',
    fix: [
      'Use the tag for the build of the node, or one with entries for both builds.',
      'Send the pods to nodes of their build: `nodeSelector: {node.kubernetes.io/windows-build: 10.0.BUILD}`.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
    ],
  },
  *run({workloads, nodes, wants}) {
    const {runtimeClasses} = wants;
    const byName = new Map<string, Node>(nodes.map(n => [n.metadata.name, n]));
    const context = {nodes: {ok: true, value: nodes} as const, runtimeClasses};
    for (const placed of windowsPods(workloads, context)) {
      const {pod, view, workload} = placed;
      const node = byName.get(pod.nodeName ?? '');
      const host = node && windowsBuild(node)?.build;
      if (isHostProcess(view.spec)) yield skip('HostProcess containers use the host’s own files');
      else if (isHypervisorHandler(runtimeClassOf(view.spec, runtimeClasses)?.handler)) {
        yield skip('Hyper-V isolation runs other builds');
      } else if (node === undefined || host === undefined)
        yield skip('the pod sits on no known Windows node');
      else {
        const wrong = containersOf(view.spec).find(({container}) => {
          const build = buildOfImage(container.image);
          return build !== undefined && !imageRunsOn(build, host);
        });
        const build = buildOfImage(wrong?.container.image);
        // That it runs proves more than its tag says.
        if (!wrong || build === undefined || isWell(pod)) {
          yield pass(pod);
          continue;
        }
        yield {
          status: 'fail',
          subject: subjectOf(workload.owner),
          workload: idOf(workload.owner),
          node: node.metadata.name,
          cause: `${build}-on-${host}`,
          message: `\`${wrong.container.image}\` is for ${buildName(build)} and cannot run on ${node.metadata.name}, which is ${buildName(host)}`,
          evidence: [
            ref(pod, `/spec${wrong.pointer}/image`, wrong.container.image),
            ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion),
          ],
        };
      }
    }
  },
});
