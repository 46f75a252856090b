import {compareText} from '../../text/compare.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

export default defineCheck({
  id: 'CNI001',
  name: 'config-missing-or-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'The CNI configuration of nodes is missing or broken',
  evidence: ['N'],
  needs: ['nodes', 'node.cni'],
  perNode: true,
  docs: {
    what: 'The CNI configurations of each Windows node. There must be one, and the first by name, which containerd takes, must be JSON with a `name` and plug-ins that have a `type`.',
    why: '`containerd` has no pod network without it: the node is NotReady, and no pod with an address of its own starts.',
    fix: [
      'See whether the CNI’s pod on the node is well: it writes the file. `kubectl get pods -A -o wide --field-selector spec.nodeName=NODE`.',
      'Compare `conf_dir` in `config.toml` of containerd with where the CNI writes.',
      'Correct or remove a file that is broken; containerd takes the first by name.',
    ],
    links: ['https://www.cni.dev/docs/spec/#section-1-network-configuration-format'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cni'], function* ({node, facts, at, gap}) {
      const {name} = node.metadata;
      const {configs} = facts['node.cni'];
      const [first] = [...configs].sort((a, b) => compareText(a.file, b.file));
      if (!first && gap) yield unknown(node, 'node.cni', gap);
      else if (!first) {
        yield fail(node, {
          cause: 'missing',
          message: `${name} has no CNI configuration`,
          evidence: [at('cni/bin.json', '')],
        });
      } else if (first.problem === undefined) yield pass(node);
      else {
        yield fail(node, {
          cause: 'invalid',
          message: `\`${first.file.slice('cni/'.length)}\` of ${name}, which containerd takes, is no CNI configuration: ${first.problem}`,
          evidence: [at(first.file, '')],
        });
      }
    });
  },
});
