import {Args} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {SHELLS} from '../../completion/shells.ts';

/** `kubectl win completion SHELL`: the script, for those who wire it themselves. */
export default class Completion extends BaseCommand {
  static override summary = 'Print the completion script of a shell.';
  static override description =
    'It completes commands, flags and their values, ids of checks, and names of the cluster: nodes, namespaces, pods, containers. `completion install` wires it into the shell and into kubectl.';
  static override examples = [
    {description: 'For this session alone', command: 'source <(<%= config.bin %> completion bash)'},
    {description: 'For good', command: '<%= config.bin %> completion install'},
  ];
  static override args = {
    shell: Args.string({description: 'Shell', options: [...SHELLS], required: true}),
  };

  async run(): Promise<void> {
    const {args} = await this.parse(Completion);
    const {SCRIPTS} = await import('../../completion/shells.ts');
    const {writeResult} = await import('../../services/result.ts');
    const shell = SHELLS.find(name => name === args.shell);
    if (shell) await writeResult(SCRIPTS[shell], undefined);
  }
}
