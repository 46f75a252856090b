import {BaseCommand} from '../base-command.ts';
import {inventoryFlags} from '../inventory-flags.ts';

/** `kubectl win nodes`: Windows nodes as a table. */
export default class Nodes extends BaseCommand {
  static override summary = 'List Windows nodes, with what is wrong with each.';
  static override description =
    'Build and revision of Windows, kubelet, containerd, pods, agent and uptime of each Windows node, and the checks of nodes that found an error or a warning. Without agents it shows what the Kubernetes API gives, and says what it could not see.';
  static override examples = [
    {description: 'With HNS, pool and product', command: '<%= config.bin %> nodes -o wide'},
    {
      description: 'From a bundle, without a cluster',
      command: '<%= config.bin %> nodes --from bundle.tar.gz',
    },
  ];
  static override flags = inventoryFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(Nodes);
    const {listNodes} = await import('../services/inventory.ts');
    process.exitCode = await listNodes(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
