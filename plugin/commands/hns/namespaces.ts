import {BaseCommand} from '../../base-command.ts';
import {hnsListFlags} from '../../hns-flags.ts';

/** `kubectl win hns namespaces`: the network namespaces of HNS as a table. */
export default class HnsNamespaces extends BaseCommand {
  static override summary = 'List the network namespaces that HNS has on Windows nodes, with their pods.';
  static override description =
    'Compartment, pod, addresses, type and state of each network namespace on each node. One without a pod belongs to the host, or is left over.';
  static override examples = [
    {description: 'With sandboxes', command: '<%= config.bin %> hns namespaces -o wide'},
    {
      description: 'From a bundle, without a cluster',
      command: '<%= config.bin %> hns namespaces --from bundle.tar.gz',
    },
  ];
  static override flags = hnsListFlags;

  async run(): Promise<void> {
    const {flags} = await this.parse(HnsNamespaces);
    const {listNamespaces} = await import('../../services/hns/list.ts');
    process.exitCode = await listNamespaces(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
