import {BUILD_LABEL, nodesOf, windowsBuild} from '../../kube/os.ts';
import {escapePointer} from '../../kube/shape.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {lacks} from './shared/node-facts.ts';

export default defineCheck({
  id: 'NOD003',
  name: 'build-label-wrong',
  severity: 'warning',
  since: '0.1.0',
  title: 'The label of the Windows build is absent or wrong',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The label `node.kubernetes.io/windows-build` of each Windows node against the kernel version that its kubelet reports (`10.0.20348.2582` wants `10.0.20348`).',
    why: 'Workloads and RuntimeClasses choose nodes by it: pods stay Pending, or land on a build on which their image cannot run.',
    fix: [
      'Let the kubelet set it: remove the label and restart the kubelet (`Restart-Service kubelet` on the node).',
      '`kubectl label node NODE --overwrite node.kubernetes.io/windows-build=10.0.BUILD`',
    ],
    links: ['https://kubernetes.io/docs/reference/labels-annotations-taints/#nodekubernetesiowindows-build'],
  },
  *run({nodes}) {
    for (const node of nodesOf('windows', nodes)) {
      const build = windowsBuild(node)?.build;
      if (build === undefined) {
        yield lacks(node, 'Windows kernel version');
        continue;
      }
      const wanted = `10.0.${build}`;
      const label = node.metadata.labels?.[BUILD_LABEL];
      if (label === wanted) {
        yield pass(node);
        continue;
      }
      const {name} = node.metadata;
      yield fail(node, {
        cause: label === undefined ? 'absent' : 'unlike',
        message:
          label === undefined
            ? `Node ${name} runs ${wanted} and has no label ${BUILD_LABEL}`
            : `Node ${name} runs ${wanted}, but its label ${BUILD_LABEL} says ${JSON.stringify(label)}`,
        evidence: [
          ref(node, `/metadata/labels/${escapePointer(BUILD_LABEL)}`, label ?? null),
          ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion),
        ],
        fix: [`\`kubectl label node ${name} --overwrite ${BUILD_LABEL}=${wanted}\``],
      });
    }
  },
});
