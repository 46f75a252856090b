import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

const FEATURE = 'containers';

export default defineCheck({
  id: 'NOD013',
  name: 'containers-feature-missing',
  severity: 'error',
  since: '0.1.0',
  title: 'The feature Containers is not installed',
  evidence: ['N'],
  needs: ['nodes', 'node.system'],
  perNode: true,
  docs: {
    what: 'The features that Windows says are installed, on each Windows node: `Containers` must be among them.',
    why: 'HCS and HNS are not there without it: containerd starts, and no container does.',
    fix: ['On the node: `Install-WindowsFeature -Name Containers`, then restart it.'],
    links: ['https://learn.microsoft.com/virtualization/windowscontainers/quick-start/set-up-environment'],
  },
  *run(input) {
    yield* eachNode(input, ['node.system'], function* ({node, facts, at}) {
      const {features} = facts['node.system'];
      if (!features || features.length === 0) {
        yield unknown(node, 'node.system', missing('failed', 'which features are installed is not known'));
      } else if (features.some(f => f.toLowerCase() === FEATURE)) yield pass(node);
      else {
        yield fail(node, {
          cause: 'feature missing',
          message: `${node.metadata.name} has ${features.length} features, and Containers is not among them`,
          evidence: [at('system.json', '/features', features)],
        });
      }
    });
  },
});
