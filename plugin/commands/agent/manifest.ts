import {Flags} from '@oclif/core';
import {installFlags} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';

/** `kubectl win agent manifest`: what `agent install` would apply, as YAML. */
export default class AgentManifest extends BaseCommand {
  static override summary = 'Print what `agent install` creates, as YAML; no cluster is asked.';
  static override description = `For those who install by other means. The key is made anew each time; --no-key leaves its Secret out.

--roles prints the two ClusterRoles that an administrator applies once: kubectl-win-agent-admin, which may install agents, and kubectl-win-view, which may run doctor.`;
  static override examples = [
    {
      description: 'For both systems, to be applied by other means',
      command: '<%= config.bin %> agent manifest --linux > agent.yaml',
    },
    {
      description: 'What an administrator applies once',
      command: '<%= config.bin %> agent manifest --roles | kubectl apply -f -',
    },
  ];
  static override flags = {
    ...installFlags,
    ...withEnv({
      roles: Flags.boolean({description: 'Print the ClusterRoles for administrators and readers instead'}),
      'no-key': Flags.boolean({
        description: 'Leave the Secret with the key out: it is made by other means',
      }),
      openshift: Flags.boolean({description: 'For OpenShift'}),
    }),
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(AgentManifest);
    const {printManifest} = await import('../../services/agent-manifest.ts');
    await printManifest(flags);
  }
}
