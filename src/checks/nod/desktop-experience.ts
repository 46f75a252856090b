import {providerOfNode} from '../../kube/provider.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** https://learn.microsoft.com/windows-server/get-started/install-options-server-core-desktop-experience */
const DESKTOP: ReadonlySet<string> = new Set(['Server', 'Client']);

export default defineCheck({
  id: 'NOD018',
  name: 'desktop-experience',
  severity: 'info',
  since: '0.1.0',
  title: 'Nodes run Windows with its desktop',
  evidence: ['N'],
  needs: ['nodes', 'node.system'],
  perNode: true,
  docs: {
    what: 'InstallationType of each Windows node: `Server Core` is what nodes want, `Server` is Windows Server with the desktop. A warning on EKS for build farms, whose guide asks for the core AMI.',
    why: 'It takes more disk and memory, needs more updates and restarts, and has more that can be attacked.',
    fix: [
      'Build the next pool from a Server Core image: on EKS `Windows_Server-2022-English-Core-EKS_Optimized`.',
    ],
    links: [
      'https://learn.microsoft.com/windows-server/get-started/install-options-server-core-desktop-experience',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.system'], function* ({node, facts, at}) {
      const {installationType} = facts['node.system'];
      if (installationType === undefined) {
        yield unknown(node, 'node.system', missing('failed', 'how Windows was installed is not known'));
      } else if (!DESKTOP.has(installationType)) yield pass(node);
      else {
        const asked = input.profile === 'ci-build' && providerOfNode(node) === 'eks';
        yield fail(node, {
          severity: asked ? 'warning' : 'info',
          cause: installationType,
          message: `${node.metadata.name} runs Windows with its desktop (InstallationType ${installationType})`,
          evidence: [at('system.json', '/installationType', installationType)],
        });
      }
    });
  },
});
