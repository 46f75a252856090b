import {BaseCommand} from '../../base-command.ts';
import {hnsListFlags} from '../../hns-flags.ts';

/** `kubectl win hns loadbalancers`: the load balancers of HNS as a table. */
export default class HnsLoadBalancers extends BaseCommand {
  static override summary =
    'List the load balancers that HNS has on Windows nodes, with their Services and pods.';
  static override description =
    'Virtual address, port, Service and backends of each load balancer on each node. LOST counts endpoints that it names and HNS does not have; without a Service, nobody wants it.';
  static override examples = [
    {
      description: 'What a Service has on each node',
      command: '<%= config.bin %> hns loadbalancers --service shop/web',
    },
    {
      description: 'Who answers for an address',
      command: '<%= config.bin %> hns loadbalancers --vip 10.96.0.10:53 -o wide',
    },
  ];
  static override flags = hnsListFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsLoadBalancers);
    const {listLoadBalancers} = await import('../../services/hns/list.ts');
    process.exitCode = await listLoadBalancers(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
