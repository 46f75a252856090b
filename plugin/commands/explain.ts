import {Args, Flags} from '@oclif/core';
import {BaseCommand} from '../base-command.ts';
import {withEnv} from '../flags.ts';

/** `kubectl win explain`: what a check or a code means, offline. */
export default class Explain extends BaseCommand {
  static override summary = 'Explain a check, an HRESULT, an NTSTATUS or an exit code, offline.';
  static override examples = [
    {command: '<%= config.bin %> explain SCH003', description: 'A check'},
    {command: '<%= config.bin %> explain 0x803b0013', description: 'An HRESULT'},
    {command: '<%= config.bin %> explain -- -1073741515', description: 'An exit code'},
    {command: '<%= config.bin %> explain event:1013', description: 'An event of Windows'},
    {command: '<%= config.bin %> explain --list', description: 'Every check'},
  ];
  static override args = {
    id: Args.string({description: 'Id of a check, a code in hexadecimal or decimal, or event:NUMBER'}),
  };
  static override flags = {
    ...withEnv({
      list: Flags.boolean({description: 'List every check', exclusive: []}),
      output: Flags.option({options: ['text', 'json', 'yaml'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Explain);
    const {explain} = await import('../services/explain.ts');
    await explain(args.id, flags);
  }
}
