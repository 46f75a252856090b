import {parseRuntime} from '../../data/containerd.ts';
import {compareVersions, parseVersion} from '../../kube/version.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {PAUSE_FILE} from './shared/pause.ts';

/** From here on containerd dials the pod itself (https://github.com/containerd/containerd/blob/main/internal/cri/server/sandbox_portforward_windows.go). */
const DIALS = '2.0.0';

export default defineCheck({
  id: 'IMG009',
  name: 'pause-image-without-wincat',
  severity: 'warning',
  since: '0.1.0',
  title: 'Port-forward cannot work: the pause image lacks wincat.exe',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.pause'],
  perNode: true,
  docs: {
    what: 'Windows nodes with a containerd before 2.0, which forwards ports by running `wincat.exe` in the pause container, and a pause image that is known not to hold it: those of `mcr.microsoft.com/oss/v2`, EKS and Rancher.',
    why: '`kubectl port-forward` to pods of these nodes fails with `wincat.exe … The system cannot find the file specified`.',
    fix: [
      'Use a pause image that holds it, such as `registry.k8s.io/pause:3.10.2`, in `config.toml` of containerd.',
      'Or upgrade to containerd 2.0, which needs no wincat.exe.',
    ],
    links: [
      'https://github.com/Azure/AKS/issues/5460',
      'https://github.com/aws/containers-roadmap/issues/1104',
    ],
  },
  *run(input) {
    const dials = parseVersion(DIALS);
    yield* eachNode(input, ['node.cri.pause'], function* ({node, facts, at}) {
      const {configured, image} = facts['node.cri.pause'];
      const runtime = parseRuntime(node.status.nodeInfo?.containerRuntimeVersion);
      const version = runtime?.version;
      if (!version || !dials || runtime.name !== 'containerd')
        yield skip('the node does not say its version of containerd');
      else if (compareVersions(version, dials) >= 0) yield pass(node);
      else if (!configured || image?.hasWincat === undefined) {
        yield unknown(
          node,
          'node.cri.pause',
          missing('unsupported', 'whether the pause image holds wincat.exe is not known'),
        );
      } else if (image.hasWincat) yield pass(node);
      else {
        yield fail(node, {
          cause: 'no wincat',
          message: `\`${configured.image}\` on ${node.metadata.name} holds no wincat.exe, which containerd ${version.major}.${version.minor} forwards ports with`,
          evidence: [at(PAUSE_FILE, '/configured/image', configured.image)],
        });
      }
    });
  },
});
