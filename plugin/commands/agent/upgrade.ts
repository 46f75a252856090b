import {Flags} from '@oclif/core';
import {changeFlags, execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, withEnv} from '../../flags.ts';

/** `kubectl win agent upgrade`: brings the agents to this program's version. */
export default class AgentUpgrade extends BaseCommand {
  static override summary = 'Bring the node agent to the version of this program.';
  static override description =
    'Keeps the settings it was installed with, and the key unless --rotate-key says otherwise. Nodes are done in waves of --max-unavailable, as it was given at install.';
  static override examples = [
    {description: 'To the version of this program', command: '<%= config.bin %> agent upgrade'},
    {description: 'With a new key', command: '<%= config.bin %> agent upgrade --rotate-key'},
  ];
  static override flags = {
    ...withEnv({
      image: Flags.string({description: 'Image of the agent, best by digest'}),
      'rotate-key': Flags.boolean({description: 'Replace the key, without a gap'}),
    }),
    ...execFlag,
    ...changeFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(AgentUpgrade);
    const {upgradeAgents} = await import('../../services/agent-upgrade.ts');
    process.exitCode = await upgradeAgents(flags, this.signal);
  }
}
