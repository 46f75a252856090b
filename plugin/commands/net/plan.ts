import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';
import {netSourceFlags} from '../../net-flags.ts';

/** `kubectl win net plan`: which connections would be tried. */
export default class NetPlan extends BaseCommand {
  static override summary = 'Say which connections would be tried, from where, and how many.';
  static override description =
    'Plans the probes of `net check` without trying anything: a sample of the links between nodes that is the same whenever the same nodes are there, and what each node tries for itself. It tells how many there are, and the chance that the sample misses a single broken link; a node that fails as a whole is not missed.';
  static override examples = [
    {description: 'The sample of the current cluster', command: '<%= config.bin %> net plan'},
    {
      description: 'What it takes to be surer',
      command: '<%= config.bin %> net plan --coverage 0.95',
    },
    {
      description: 'What a bundle would have tried, with everything named',
      command: '<%= config.bin %> net plan --from bundle.tar.gz -o json',
    },
  ];
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
    ...netSourceFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(NetPlan);
    const {showPlan} = await import('../../services/probes/plan.ts');
    process.exitCode = await showPlan(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
