import {changeFlags} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags} from '../../flags.ts';

/** `kubectl win agent uninstall`: takes the agents out again. */
export default class AgentUninstall extends BaseCommand {
  static override summary = 'Remove the node agent, and show that nothing of it is left.';
  static override description =
    'Removes what carries the label app.kubernetes.io/managed-by=kubectl-win, waits until it is gone, and says what is left if anything is. The namespace stays where it holds objects of others.';
  static override examples = [
    {description: 'After it has shown what goes', command: '<%= config.bin %> agent uninstall'},
    {description: 'Without being asked', command: '<%= config.bin %> agent uninstall --yes'},
  ];
  static override flags = {...changeFlags, ...clusterFlags};

  async run(): Promise<void> {
    const {flags} = await this.parse(AgentUninstall);
    const {uninstallAgents} = await import('../../services/agent-uninstall.ts');
    process.exitCode = await uninstallAgents(flags, this.signal);
  }
}
