import {buildName, imageRunsOn} from '../../data/builds.ts';
import {windowsBuild} from '../../kube/os.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, ref, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {PAUSE_FILE} from './shared/pause.ts';

export default defineCheck({
  id: 'IMG005',
  name: 'pause-image-build-incompatible',
  severity: 'error',
  since: '0.1.0',
  title: 'The pause image is for another Windows build than the node',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.pause'],
  perNode: true,
  docs: {
    what: '`os.version` of the pause image as it was pulled, against the build of the node, by the rules of process isolation: Server 2019 runs images of 2019 only, Server 2022 and version 23H2 those of 2022, Server 2025 those of 2022 and 2025.',
    why: 'No pod starts on the node, but HostProcess ones: each sandbox ends with HCS_E_IMAGE_MISMATCH (0xc0370101).',
    fix: [
      'Set a pause image with an entry for the build in `config.toml` of containerd: `registry.k8s.io/pause:3.10.2` has one for 2019, 2022 and 2025.',
      'Remove the wrong one on the node, so that it is pulled anew: `crictl rmi IMAGE`.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/version-compatibility',
      'https://github.com/kubernetes/kubernetes/blob/master/build/pause/CHANGELOG.md',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.pause'], function* ({node, facts, at}) {
      const {configured, image} = facts['node.cri.pause'];
      const host = windowsBuild(node)?.build;
      if (!configured || !image || host === undefined) {
        yield unknown(
          node,
          'node.cri.pause',
          missing('failed', 'which pause image containerd uses is not known'),
        );
        return;
      }
      const build = Number(image.osVersion?.split('.')[2]);
      if (!image.present || !Number.isInteger(build)) {
        const why = image.present ? 'the pause image does not say its build' : 'the pause image is not there';
        yield unknown(node, 'node.cri.pause', missing('unsupported', why));
      } else if (imageRunsOn(build, host)) yield pass(node);
      else {
        yield fail(node, {
          cause: `${build}-on-${host}`,
          message: `The pause image \`${configured.image}\` on ${node.metadata.name} is for ${buildName(build)}, and the node is ${buildName(host)}`,
          evidence: [
            at(PAUSE_FILE, '/image/osVersion', image.osVersion),
            ref(node, '/status/nodeInfo/kernelVersion', node.status.nodeInfo?.kernelVersion),
          ],
        });
      }
    });
  },
});
