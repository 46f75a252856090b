import {Flags} from '@oclif/core';
import {changeFlags, installFlags} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, withEnv} from '../../flags.ts';

/** `kubectl win agent install`: puts an agent on each Windows node. */
export default class AgentInstall extends BaseCommand {
  static override summary = 'Install the node agent.';
  static override description = `Shows what it will create, asks, and creates it: the namespace kubectl-win, a DaemonSet, the key that requests are signed with, and two roles that nobody has until they are bound. The agents read and never write; they listen on 127.0.0.1 of their nodes alone, and hold no token of the cluster.

Run again, it changes what is there to what is asked for.`;
  static override examples = [
    {description: 'On every Windows node', command: '<%= config.bin %> agent install'},
    {
      description: 'On two nodes, for an hour',
      command: '<%= config.bin %> agent install --node win-1,win-2 --ttl 1h',
    },
    {
      description: 'From a private registry',
      command:
        '<%= config.bin %> agent install --image registry.example/kubectl-win-agent@sha256:… --image-pull-secret registry',
    },
  ];
  static override flags = {
    ...installFlags,
    ...withEnv({'dry-run': Flags.boolean({description: 'Only show what would be created'})}),
    ...changeFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(AgentInstall);
    const {installAgents} = await import('../../services/agent-install.ts');
    process.exitCode = await installAgents(flags, this.signal);
  }
}
