import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';
import {execProbesFlag, netSourceFlags} from '../../net-flags.ts';

/** `kubectl win net matrix`: which nodes reach which. */
export default class NetMatrix extends BaseCommand {
  static override summary = 'Show which nodes reach which, as a heat map.';
  static override description =
    'Tries the connections of `net check` and shows those between nodes. On a terminal it fits 80 columns: of a large fleet the nodes that fail stand by themselves, the others by operating system and zone. As HTML it is a picture whose cells tell their figures when hovered.';
  static override examples = [
    {description: 'On the terminal', command: '<%= config.bin %> net matrix'},
    {
      description: 'Every pair of nodes, as a picture',
      command: '<%= config.bin %> net matrix --probe full -o html --output-file matrix.html',
    },
    {description: 'From a bundle', command: '<%= config.bin %> net matrix --from bundle.tar.gz -o csv'},
  ];
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json', 'csv', 'html'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
      'output-file': Flags.string({description: 'Write to this file instead', helpValue: 'FILE'}),
    }),
    ...netSourceFlags,
    ...execProbesFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(NetMatrix);
    const {showMatrix} = await import('../../services/probes/matrix.ts');
    process.exitCode = await showMatrix(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
