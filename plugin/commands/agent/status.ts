import {Flags} from '@oclif/core';
import {execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, withEnv} from '../../flags.ts';

/** `kubectl win agent status`: whether each agent answers, and if not, why. */
export default class AgentStatus extends BaseCommand {
  static override summary = 'Ask every agent how it is.';
  static override description =
    'Sends each agent a signed request, and says of those that do not answer why. Exit code 1 where any is not well.';
  static override examples = [
    {description: 'Of all nodes', command: '<%= config.bin %> agent status'},
    {description: 'For a script', command: '<%= config.bin %> agent status -o json'},
  ];
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json', 'yaml'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
    ...execFlag,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(AgentStatus);
    const {printAgentStatus} = await import('../../services/agent-status.ts');
    process.exitCode = await printAgentStatus(flags, this.signal);
  }
}
