import {OVERRIDES_KEY, OVERRIDES_THAT_BREAK} from '../../data/feature-overrides.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';

export default defineCheck({
  id: 'HNS023',
  name: 'feature-override',
  severity: 'warning',
  since: '0.1.0',
  title: 'A registry value breaks load balancers',
  evidence: ['N'],
  needs: ['nodes', 'node.registry'],
  perNode: true,
  docs: {
    what: `Values below \`${OVERRIDES_KEY}\` of each Windows node that turn a change of HNS or VFP on or off: those known to do harm.`,
    why: 'Such values came with images of nodes or with advice for other faults. With them HNS keeps load balancers that kube-proxy deletes, and Services that get the same address afterwards fail.',
    fix: [
      'See what set it: the script or image that made the node will set it again.',
      'Drain the node.',
      'Set it to 0, and restart the node: `reg add HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FeatureManagement\\Overrides /v VALUE /t REG_DWORD /d 0 /f`.',
    ],
    links: ['https://github.com/microsoft/wcnscripts'],
  },
  *run(input) {
    yield* eachNode(input, ['node.registry'], function* ({node, facts, at}) {
      const values = facts['node.registry'].get(OVERRIDES_KEY.toLowerCase());
      const set = OVERRIDES_THAT_BREAK.filter(({name, data}) => values?.get(name)?.data === data);
      const [first] = set;
      if (!first) yield pass(node);
      else {
        yield fail(node, {
          cause: first.name,
          message: `${node.metadata.name} has the feature override ${first.name}=${first.data}: ${first.does}`,
          evidence: set.map(({name, data}) => at('registry/hns.json', pointerOf(OVERRIDES_KEY, name), data)),
        });
      }
    });
  },
});

/** RFC 6901; keys of the registry have neither `~` nor `/`. */
function pointerOf(key: string, name: string): string {
  return `/${key}/${name}`;
}
