import {Args, Flags} from '@oclif/core';
import {execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, withEnv} from '../../flags.ts';
import {hnsSourceFlags} from '../../hns-flags.ts';

/** `kubectl win hns diff`: what two nodes have otherwise that should be alike. */
export default class HnsDiff extends BaseCommand {
  static override summary = 'Show what two nodes have otherwise that should be alike.';
  static override description =
    'Versions of HNS and Windows, flags of kube-proxy, registry values, networks, and load balancers by address and port: those that one node alone has, and those that differ. Ids, endpoints and what a local traffic policy makes of Services are each node’s own and are not compared.';
  static override examples = [
    {
      description: 'A node that works and one that does not',
      command: '<%= config.bin %> hns diff win-1 win-2',
    },
  ];
  static override args = {
    first: Args.string({description: 'A node', required: true}),
    second: Args.string({description: 'Another one', required: true}),
  };
  static override flags = {
    ...hnsSourceFlags,
    ...withEnv({
      output: Flags.option({options: ['text', 'json', 'yaml', 'csv'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
    }),
    ...execFlag,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(HnsDiff);
    const {diffNodes} = await import('../../services/hns/diff.ts');
    process.exitCode = await diffNodes([args.first, args.second], flags, {
      signal: this.signal,
      note: text => this.note(text),
    });
  }
}
