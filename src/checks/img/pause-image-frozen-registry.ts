import {nodesOf, osJudge} from '../../kube/os.ts';
import {containersOf} from '../../kube/containers.ts';
import {decisiveSpecs} from '../../kube/workloads.ts';
import type {Node} from '../../kube/types.ts';
import {valueOn} from '../../node/on-node.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, fail, failSpec, pass, ref, specRef} from '../define.ts';
import {fileRefs} from '../each-node.ts';
import {PAUSE_FILE} from './shared/pause.ts';

const FROZEN = 'k8s.gcr.io/';
const PAUSE = /(?:^|\/)pause(?:-windows)?[:@]/;

export default defineCheck({
  id: 'IMG008',
  name: 'pause-image-frozen-registry',
  severity: 'warning',
  since: '0.1.0',
  title: 'Images come from the frozen registry k8s.gcr.io',
  evidence: ['A', 'N'],
  needs: ['nodes'],
  wants: ['workloads', 'runtimeClasses', 'node.cri.pause'],
  passNeeds: ['node.cri.pause'],
  docs: {
    what: 'Windows nodes whose only pause image, by the image list of the Node object, is from `k8s.gcr.io`, and Windows workloads with an image from there. The configured name takes the agent.',
    why: 'The registry has been frozen since April 2023 and goes away piece by piece: its newest pause image is 3.9, and a node that lost it cannot start any pod.',
    fix: [
      'Set `sandbox` (`sandbox_image` before containerd 2.0) to `registry.k8s.io/pause:3.10.2` in `config.toml`, and restart containerd.',
      'Write `registry.k8s.io/` instead of `k8s.gcr.io/` in manifests.',
    ],
    links: ['https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/'],
  },
  *run({nodes, wants}) {
    for (const node of nodesOf('windows', nodes)) {
      const configured = valueOn(wants['node.cri.pause'], node.metadata.name)?.configured;
      if (configured) {
        yield byConfiguration(node, configured.image);
        continue;
      }
      const pauses = (node.status.images ?? []).flatMap(({names = []}, i) => {
        const at = names.findIndex(n => PAUSE.test(n));
        const name = names[at];
        return name === undefined ? [] : [{name, pointer: `/status/images/${i}/names/${at}`}];
      });
      const [first] = pauses;
      // Beside a newer one it is a leftover.
      if (!first || !pauses.every(p => p.name.startsWith(FROZEN))) yield pass(node);
      else {
        yield fail(node, {
          cause: 'pause-image',
          message: `The pause image of ${node.metadata.name} is \`${first.name}\`, from a registry that is frozen`,
          evidence: [ref(node, first.pointer, first.name)],
        });
      }
    }
    if (!wants.workloads.ok) return;
    const judge = osJudge({nodes: collected(nodes), runtimeClasses: wants.runtimeClasses});
    for (const workload of wants.workloads.value) {
      for (const view of decisiveSpecs(workload)) {
        if (judge(view) !== 'windows') continue;
        const found = containersOf(view.spec).find(c => c.container.image?.startsWith(FROZEN));
        if (!found) continue;
        yield failSpec(workload, {
          cause: 'workload',
          message: `\`${found.container.image}\` comes from a registry that is frozen`,
          evidence: [specRef(view, `${found.pointer}/image`, found.container.image)],
          fix: ['Write `registry.k8s.io/` instead of `k8s.gcr.io/`.'],
        });
        break;
      }
    }
  },
});

/** What containerd is set to use decides, whatever else lies on the node. */
function byConfiguration(node: Node, image: string): Outcome {
  if (!image.startsWith(FROZEN)) return pass(node);
  return fail(node, {
    cause: 'pause-image',
    message: `The pause image of ${node.metadata.name} is \`${image}\`, from a registry that is frozen`,
    evidence: [fileRefs(node)(PAUSE_FILE, '/configured/image', image)],
  });
}
