import {BaseCommand} from '../../base-command.ts';

/** `kubectl win completion uninstall`. */
export default class CompletionUninstall extends BaseCommand {
  static override summary = 'Take completion out of every shell and of kubectl.';
  static override description = 'Removes what `completion install` wrote, and only that.';
  static override examples = ['<%= config.bin %> completion uninstall'];

  async run(): Promise<void> {
    await this.parse(CompletionUninstall);
    const {uninstallCompletion} = await import('../../services/completion-install.ts');
    await uninstallCompletion(line => process.stdout.write(`${line}\n`));
  }
}
