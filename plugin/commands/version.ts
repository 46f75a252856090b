import {Flags} from '@oclif/core';
import {BaseCommand} from '../base-command.ts';
import {clusterFlags, withEnv} from '../flags.ts';

/** `kubectl win version`: versions of this program and of the server. */
export default class Version extends BaseCommand {
  static override summary = 'Print the versions of this program and of the server.';
  static override examples = [
    {description: 'Of program, agents and server', command: '<%= config.bin %> version'},
    {description: 'Of the program, without a cluster', command: '<%= config.bin %> version --client'},
  ];
  static override flags = {
    ...withEnv({
      client: Flags.boolean({description: 'Only the version of this program; no server is asked'}),
      output: Flags.option({options: ['text', 'json', 'yaml'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(Version);
    const {printVersion} = await import('../services/version.ts');
    await printVersion(flags, this.signal);
  }
}
