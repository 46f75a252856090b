import {BaseCommand} from '../../base-command.ts';
import {hnsListFlags} from '../../hns-flags.ts';

/** `kubectl win hns networks`: the networks of HNS as a table. */
export default class HnsNetworks extends BaseCommand {
  static override summary = 'List the networks that HNS has on Windows nodes.';
  static override description =
    'Name, type, state, subnets, management address and endpoints of each network on each node. A node that could not be asked is named with the reason.';
  static override examples = [
    {
      description: 'With virtual subnets, gateways, MTU and policies',
      command: '<%= config.bin %> hns networks -o wide',
    },
    {description: 'The network of one pod', command: '<%= config.bin %> hns networks --pod shop/web-0'},
  ];
  static override flags = hnsListFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsNetworks);
    const {listNetworks} = await import('../../services/hns/list.ts');
    process.exitCode = await listNetworks(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
