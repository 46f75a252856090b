import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {PAUSE_FILE, isLocalOnly} from './shared/pause.ts';

export default defineCheck({
  id: 'IMG004',
  name: 'pause-image-absent',
  severity: 'error',
  since: '0.1.0',
  title: 'The pause image is not on the node',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.pause'],
  perNode: true,
  docs: {
    what: 'The pause image that containerd is set to use, looked for among the images of each Windows node. A node that has started no pod yet has not pulled it, which is as it should be, unless no registry has the image.',
    why: 'The next pod first waits for a pull; where the registry cannot be reached, or has no such image as on EKS, no pod starts on the node any more.',
    fix: [
      'Pull it on the node: `crictl pull IMAGE`.',
      'On EKS no registry has it: replace the node, and use an AMI that pins the image.',
      'Give the image disk room, so that garbage collection of images does not remove it (CRI010).',
    ],
    links: ['https://github.com/awslabs/amazon-eks-ami/issues/1632'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.pause'], function* ({node, facts, at}) {
      const {configured, image, seen} = facts['node.cri.pause'];
      if (!configured || !image) {
        yield unknown(
          node,
          'node.cri.pause',
          missing('failed', 'which pause image containerd uses is not known'),
        );
      } else if (image.present) yield pass(node);
      else if (seen.length === 0 && !isLocalOnly(configured.image))
        yield skip('no pod was started on the node yet');
      else {
        const local = isLocalOnly(configured.image);
        yield fail(node, {
          cause: local ? 'local image gone' : 'image gone',
          message: `${node.metadata.name} does not have its pause image \`${configured.image}\`${local ? ', which no registry has' : ''}`,
          evidence: [
            at(PAUSE_FILE, '/configured/image', configured.image),
            at(PAUSE_FILE, '/image/present', false),
          ],
        });
      }
    });
  },
});
