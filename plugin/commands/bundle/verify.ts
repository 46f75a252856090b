import {Args} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {identityFlag} from '../../flags.ts';

/** `kubectl win bundle verify`: whether a bundle is as it was collected. */
export default class BundleVerify extends BaseCommand {
  static override summary = 'Check a bundle against the hashes of its manifest.';
  static override examples = ['<%= config.bin %> bundle verify kubectl-win-bundle.tar.gz'];
  static override args = {path: Args.string({description: 'Bundle: archive or directory', required: true})};

  static override flags = identityFlag;

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BundleVerify);
    const {showVerification} = await import('../../services/bundle/verify.ts');
    process.exitCode = await showVerification(args.path, {
      signal: this.signal,
      identities: flags.identity ?? [],
    });
  }
}
