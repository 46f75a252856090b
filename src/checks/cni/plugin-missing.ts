import {compareText} from '../../text/compare.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

export default defineCheck({
  id: 'CNI002',
  name: 'plugin-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'Programs of CNI plug-ins are not on the node',
  evidence: ['N'],
  needs: ['nodes', 'node.cni'],
  perNode: true,
  docs: {
    what: 'The plug-ins that the CNI configuration of each Windows node names by their `type`, against the programs in its folder of plug-ins.',
    why: 'Every sandbox fails: `failed to find plugin … in path`.',
    fix: [
      'See whether the CNI’s pod on the node is well: it copies the programs. `kubectl get pods -A -o wide --field-selector spec.nodeName=NODE`.',
      'Compare `bin_dir` in `config.toml` of containerd with where the CNI copies them.',
    ],
    links: ['https://www.cni.dev/docs/spec/#section-2-execution-protocol'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cni'], function* ({node, facts, at}) {
      const {configs, programs} = facts['node.cni'];
      const [first] = [...configs].sort((a, b) => compareText(a.file, b.file));
      if (!first || first.problem !== undefined) {
        yield skip('the node has no valid CNI configuration: CNI001');
        return;
      }
      if (!programs) {
        yield unknown(node, 'node.cni', missing('failed', 'the folder of plug-ins was not listed'));
        return;
      }
      const lacking = first.plugins.filter(
        p => !programs.includes(p.type.toLowerCase().replace(/\.exe$/, '')),
      );
      if (lacking.length === 0) yield pass(node);
      else {
        yield fail(node, {
          cause: lacking.map(p => p.type).join(' '),
          message: `${node.metadata.name} lacks the CNI plug-in ${lacking.map(p => `\`${p.type}\``).join(', ')} that \`${first.file.slice('cni/'.length)}\` names`,
          evidence: lacking.map(p => at(first.file, p.pointer, p.type)),
        });
      }
    });
  },
});
