import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {identityFlag, withEnv} from '../../flags.ts';

/** `kubectl win bundle serve`: a capture in the browser. */
export default class BundleServe extends BaseCommand {
  static override summary = 'Open the report and the files of a capture in a browser.';
  static override description =
    'Serves on 127.0.0.1 only, to whoever has the address that it prints, until Ctrl-C. The report is made anew of the evidence; files are shown as text or downloaded, never as pages.';
  static override examples = [
    '<%= config.bin %> bundle serve kubectl-win-bundle.tar.gz',
    {
      description: 'On a machine far away, by way of `ssh -L 8080:127.0.0.1:8080`',
      command: '<%= config.bin %> bundle serve kubectl-win-bundle.tar.gz --port 8080 --no-open',
    },
  ];
  static override args = {path: Args.string({description: 'Capture: archive or directory', required: true})};
  static override flags = {
    ...withEnv({
      port: Flags.integer({description: 'Port to listen on; 0: a free one', default: 0, min: 0, max: 65_535}),
      open: Flags.boolean({
        description: 'Open a browser; by default where there is a terminal and a screen',
        allowNo: true,
      }),
    }),
    ...identityFlag,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BundleServe);
    const {serveCapture} = await import('../../services/bundle/serve/serve.ts');
    await serveCapture(args.path, flags, {signal: this.signal, note: text => this.note(text)});
  }
}
