import {DAY} from '../../snapshot/time.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** A layer that was broken longer ago has been pulled anew, or nobody uses it. */
const RECENT = DAY;
const COMPONENTS: ReadonlySet<string> = new Set(['containerd', 'rke2']);

export default defineCheck({
  id: 'CRI009',
  name: 'layer-store-corrupt',
  severity: 'error',
  since: '0.1.0',
  title: 'Image layers of containerd are damaged',
  evidence: ['N'],
  needs: ['nodes', 'node.logs'],
  perNode: true,
  docs: {
    what: 'Lines of the last day in the log of containerd that tell of damaged layers: `wrong diff id calculated on extraction`, `archive/tar: invalid tar header`, `Failed to unmarshall layerchain json`.',
    why: 'Images that share such a layer can be neither unpacked nor started on this node, while they work on others.',
    fix: [
      'Remove the image and pull it again: `crictl rmi IMAGE`, `crictl pull IMAGE`.',
      'Exclude the folders of containerd from antivirus: NOD016 names them.',
      'Where it stays: drain the node, stop containerd, remove its root folder, and reboot.',
    ],
    links: [
      'https://github.com/kubernetes/node-problem-detector/blob/master/config/windows-containerd-monitor-filelog.json',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.logs'], function* ({node, facts, at}) {
      const {files, lines} = facts['node.logs'];
      const found = lines.findLast(
        l => l.sign === 'layer-store-corrupt' && (l.at === undefined || input.now - l.at <= RECENT),
      );
      if (found) {
        yield fail(node, {
          cause: 'layers damaged',
          message: `containerd on ${node.metadata.name} has damaged layers: "${found.text}"`,
          evidence: [at(found.file, `/${found.line}`, found.text)],
        });
      } else if (files.some(f => COMPONENTS.has(f.component))) yield pass(node);
      else yield unknown(node, 'node.logs', missing('unsupported', 'containerd writes no log on this node'));
    });
  },
});
