import {Flags} from '@oclif/core';
import {execFlag} from '../../agent-flags.ts';
import {BaseCommand} from '../../base-command.ts';
import {clusterFlags, scopeFlags, withEnv} from '../../flags.ts';
import {hnsChoiceFlags, hnsSourceFlags} from '../../hns-flags.ts';

/** `kubectl win hns graph`: the way from a Service to its pods through HNS, as a picture. */
export default class HnsGraph extends BaseCommand {
  static override summary = 'Draw the way from a Service to its pods through HNS, with where it is broken.';
  static override description =
    'Service, load balancer, endpoint, namespace, sandbox and pod as HNS, containerd and the cluster have them on each node. A link that is missing or wrong is marked, and told in words. Without --node, the nodes with a fault come first, and four are drawn.';
  static override examples = [
    {description: 'A Service, on the terminal', command: '<%= config.bin %> hns graph --service shop/web'},
    {
      description: 'Who answers for cluster DNS on one node, as a picture',
      command: '<%= config.bin %> hns graph --vip 10.96.0.10:53 --node win-1 -o svg --output-file dns.svg',
    },
    {
      description: 'A pod, for a Markdown page',
      command: '<%= config.bin %> hns graph --pod shop/web-0 -o mermaid',
    },
  ];
  static override flags = {
    ...hnsSourceFlags,
    ...withEnv({
      output: Flags.option({options: ['text', 'mermaid', 'dot', 'svg'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
      'output-file': Flags.string({description: 'Write to this file instead', helpValue: 'FILE'}),
    }),
    ...hnsChoiceFlags,
    ...execFlag,
    ...scopeFlags,
    ...clusterFlags,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsGraph);
    const {drawGraph} = await import('../../services/hns/draw.ts');
    process.exitCode = await drawGraph(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
