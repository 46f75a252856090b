import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {identityFlag, withEnv} from '../../flags.ts';

/** `kubectl win bundle inspect`: what a capture is and holds. */
export default class BundleInspect extends BaseCommand {
  static override summary = 'Say what a capture is and holds, and what is missing of it.';
  static override description =
    'Reads captures of every layout: our bundles, troubleshoot, must-gather, cluster-info dump, the Windows collectors of Microsoft, AKS and EKS. Of an archive that ends as ours do only the manifest is read, and taken at its word: `bundle verify` compares all of it.';
  static override examples = ['<%= config.bin %> bundle inspect kubectl-win-bundle.tar.gz'];
  static override args = {path: Args.string({description: 'Capture: archive or directory', required: true})};
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
    ...identityFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BundleInspect);
    const {showBundle} = await import('../../services/bundle/inspect.ts');
    await showBundle(args.path, flags.output, {signal: this.signal, identities: flags.identity ?? []});
  }
}
