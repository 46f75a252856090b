import {BaseCommand} from '../../base-command.ts';
import {hnsListFlags} from '../../hns-flags.ts';

/** `kubectl win hns endpoints`: the endpoints of HNS as a table. */
export default class HnsEndpoints extends BaseCommand {
  static override summary = 'List the endpoints that HNS has on Windows nodes, with their pods.';
  static override description =
    'Addresses, pod, network, state and compartment of each endpoint on each node: of pods here, of the host, and of pods elsewhere (WHERE names their node). LBS counts the load balancers that send to it.';
  static override examples = [
    {
      description: 'What one pod has, on every node',
      command: '<%= config.bin %> hns endpoints --pod shop/web-0',
    },
    {
      description: 'What answers for a Service on one node',
      command: '<%= config.bin %> hns endpoints --service shop/web --node win-1',
    },
  ];
  static override flags = hnsListFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsEndpoints);
    const {listEndpoints} = await import('../../services/hns/list.ts');
    process.exitCode = await listEndpoints(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
