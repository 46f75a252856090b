import {Flags} from '@oclif/core';
import {HNS_CHECKS} from '../../../src/checks/profiles.ts';
import {confirmFlag, execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {captureFlags, clusterFlags, scopeFlags, withEnv} from '../../flags.ts';
import {reportFlags} from '../../report-flags.ts';

/** Labels of pods choose nothing here: nodes are judged. */
const {selector: _selector, ...nodeScope} = scopeFlags;

/** `kubectl win hns check`: what HNS of the nodes has against what Kubernetes wants. */
export default class HnsCheck extends BaseCommand {
  static override summary = 'Compare what HNS has on Windows nodes with what Kubernetes wants.';
  static override description = `Judges networks, endpoints, namespaces and load balancers of each node by the Services, EndpointSlices, pods and nodes of the cluster, and whether HNS and kube-proxy are well: ${HNS_CHECKS.join(', ')}. It is \`doctor\` for these alone. What HNS may still mend by itself is suspected; --confirm 60s looks again.`;
  static override examples = [
    {description: 'Every Windows node', command: '<%= config.bin %> hns check'},
    {
      description: 'One node, certain of what is found',
      command: '<%= config.bin %> hns check --node win-1 --confirm 60s',
    },
    {
      description: 'From a bundle, without a cluster',
      command: '<%= config.bin %> hns check --from bundle.tar.gz',
    },
  ];
  static override flags = {
    ...captureFlags,
    ...withEnv({
      agent: Flags.option({options: ['auto', 'never', 'require', 'once'] as const})({
        description:
          'Ask node agents: where they run, never, not without them, or by agents on --node for once',
        default: 'auto',
      }),
    }),
    ...confirmFlag,
    ...execFlag,
    ...nodeScope,
    ...reportFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsCheck);
    const {diagnose} = await import('../../services/diagnose.ts');
    const {present} = await import('../../services/present.ts');
    const check = flags.check ?? [...HNS_CHECKS];
    const diagnosis = await diagnose({...flags, check, profile: 'support', wide: true}, this.signal);
    ({exit: process.exitCode} = await present(diagnosis, flags, text => this.note(text)));
  }
}
