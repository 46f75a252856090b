import {BaseCommand} from '../base-command.ts';
import {inventoryFlags} from '../inventory-flags.ts';

/** `kubectl win runtime`: containerd on Windows nodes as a table. */
export default class Runtime extends BaseCommand {
  static override summary = 'Show the state of containerd on Windows nodes.';
  static override description =
    'Version of containerd and of its configuration, runtime handlers, the pause image that it is set to use and those that run, sandboxes, snapshotter and CNI of each Windows node. Nearly all of it takes the agents.';
  static override examples = [
    {description: 'With handlers and networks', command: '<%= config.bin %> runtime -o wide'},
    {
      description: 'From a bundle, without a cluster',
      command: '<%= config.bin %> runtime --from bundle.tar.gz',
    },
  ];
  static override flags = inventoryFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(Runtime);
    const {listRuntimes} = await import('../services/inventory.ts');
    process.exitCode = await listRuntimes(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
