import {BaseCommand} from '../base-command.ts';
import {inventoryFlags} from '../inventory-flags.ts';

/** `kubectl win images`: images on Windows nodes as a table. */
export default class Images extends BaseCommand {
  static override summary = 'List the images on Windows nodes, with their builds and the pause image.';
  static override description =
    'Every image of the Windows nodes with its `os.version`, size, whether it is pinned, whether it is the pause image and how that is known, and whether it runs on the builds of its nodes. Without agents only the 50 largest images that a kubelet lists are seen.';
  static override examples = [
    {description: 'With the names of the nodes', command: '<%= config.bin %> images -o wide'},
    {
      description: 'From a bundle, without a cluster',
      command: '<%= config.bin %> images --from bundle.tar.gz',
    },
  ];
  static override flags = inventoryFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(Images);
    const {listImages} = await import('../services/inventory.ts');
    process.exitCode = await listImages(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
