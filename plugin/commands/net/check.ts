import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';
import {execProbesFlag, netSourceFlags} from '../../net-flags.ts';

const SCHEDULE = 'SCHEDULED RUNS';

/** `kubectl win net check`: which connections work, and which leg is broken. */
export default class NetCheck extends BaseCommand {
  static override summary = 'Try the connections of a cluster and say which leg is broken.';
  static override description =
    'Agents enter the networks of your own pods, on Windows and Linux, and try what the Kubernetes guide for Windows tries by hand after a deployment: node to pod, pod to pod, Service to pod, names, NodePorts, the way out. Nothing is needed in the pods, nothing is left behind, and nothing outside the cluster is tried unless --target names it. What fails is joined with what HNS has; the last line says in one sentence what is wrong. The exit code is 1 where something is. It needs the agents (`kubectl win agent install --linux`); where none can be asked, --exec runs curl, PowerShell, bash, nc, wget or nslookup of the pods’ own images, which needs the verbs get and create of pods/exec in their namespaces, and tells so in each result.';
  static override examples = [
    {description: 'The current cluster', command: '<%= config.bin %> net check'},
    {
      description: 'Everything to and from one node, with the way out',
      command: '<%= config.bin %> net check --node win-1 --probe full --target example.com:443',
    },
    {
      description: 'Without agents, from inside the pods of one namespace',
      command: '<%= config.bin %> net check --exec -n shop',
    },
    {
      description: 'What a bundle says of its connections',
      command: '<%= config.bin %> net check --from bundle.tar.gz',
    },
  ];
  static override flags = {
    ...withEnv({
      output: Flags.option({options: ['text', 'json', 'openmetrics'] as const, char: 'o'})({
        description: 'Format',
        default: 'text',
      }),
      'push-gateway': Flags.string({
        description: 'Send the metrics to this Pushgateway, too',
        helpValue: 'URL',
        helpGroup: SCHEDULE,
      }),
      events: Flags.boolean({
        description: 'Tell each finding as an Event on what it is of, once, and again only after an hour',
        helpGroup: SCHEDULE,
      }),
      'output-file': Flags.string({description: 'Write to this file instead', helpValue: 'FILE'}),
    }),
    ...netSourceFlags,
    ...execProbesFlag,
  };

  async run(): Promise<void> {
    const {flags} = await this.parse(NetCheck);
    const {showCheck} = await import('../../services/probes/check.ts');
    process.exitCode = await showCheck(flags, {signal: this.signal, note: text => this.note(text)});
  }
}
