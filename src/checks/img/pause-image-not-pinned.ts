import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {PAUSE_FILE, isLocalOnly} from './shared/pause.ts';

export default defineCheck({
  id: 'IMG006',
  name: 'pause-image-not-pinned',
  severity: 'info',
  since: '0.1.0',
  title: 'Image garbage collection may remove the pause image',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.pause'],
  perNode: true,
  docs: {
    what: 'Whether containerd marks the pause image as pinned. It does so itself from 1.7.3 and late 1.6 on for what it pulled, not for images that were loaded into it before. A warning where no registry has the image.',
    why: 'When the image disk fills up, the kubelet removes images that no container names: the pause image is one of them unless it is pinned.',
    fix: [
      'Pin it on the node: `ctr -n k8s.io images label IMAGE io.cri-containerd.pinned=pinned`.',
      'Use containerd 1.7.3 or later, which pins what it pulls.',
    ],
    links: [
      'https://github.com/containerd/containerd/pull/7944',
      'https://github.com/awslabs/amazon-eks-ami/issues/1632',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.pause'], function* ({node, facts, at}) {
      const {configured, image} = facts['node.cri.pause'];
      if (!configured || !image) {
        yield unknown(
          node,
          'node.cri.pause',
          missing('failed', 'which pause image containerd uses is not known'),
        );
      } else if (!image.present) yield skip('the pause image is not there: IMG004');
      else if (image.pinned) yield pass(node);
      else {
        const local = isLocalOnly(configured.image);
        yield fail(node, {
          cause: local ? 'local image' : 'image',
          severity: local ? 'warning' : 'info',
          message: `The pause image \`${configured.image}\` of ${node.metadata.name} is not pinned${local ? ', and no registry has it' : ''}`,
          evidence: [at(PAUSE_FILE, '/image/pinned', false)],
        });
      }
    });
  },
});
