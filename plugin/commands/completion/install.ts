import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {SHELLS} from '../../completion/shells.ts';
import {withEnv} from '../../flags.ts';

/** `kubectl win completion install`. */
export default class CompletionInstall extends BaseCommand {
  static override summary = 'Wire completion into your shell and into kubectl.';
  static override description =
    'Writes the script, names it in the start file of the shell between two marked lines, and puts `kubectl_complete-win` beside the program, which kubectl asks after `kubectl win`. Says every file that it changes.';
  static override examples = [
    {description: 'For the shell that SHELL names', command: '<%= config.bin %> completion install'},
    {description: 'For another one', command: '<%= config.bin %> completion install --shell fish'},
  ];
  static override flags = withEnv({
    shell: Flags.option({options: SHELLS})({description: 'Shell (default: yours)'}),
  });

  async run(): Promise<void> {
    const {flags} = await this.parse(CompletionInstall);
    const {installCompletion} = await import('../../services/completion-install.ts');
    await installCompletion({shell: flags.shell, say: line => process.stdout.write(`${line}\n`)});
  }
}
