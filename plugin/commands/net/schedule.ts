import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';

/** `kubectl win net schedule`: what runs `net check` from time to time, as YAML. */
export default class NetSchedule extends BaseCommand {
  static override summary =
    'Print a CronJob that runs `net check` and tells Prometheus, as YAML; no cluster is asked.';
  static override description =
    'The CronJob runs in the namespace of the agents, which have to be there, under an account of its own: it reads what doctor reads, reaches the agents, writes Events on nodes, pods and Services that are at fault, and sends some fifteen series a node to a Pushgateway. Nothing is left running between runs. The folder windows/schedule has a dashboard for Grafana, alert rules for Prometheus, and how the image is made.';
  static override examples = [
    {
      description: 'Every quarter of an hour',
      command:
        '<%= config.bin %> net schedule --image registry.example.com/kubectl-win@sha256:… --push-gateway http://pushgateway.monitoring:9091 | kubectl apply -f -',
    },
  ];
  static override flags = withEnv({
    image: Flags.string({
      description: 'Image that has kubectl-win, best by digest [default: that of this version]',
    }),
    'push-gateway': Flags.string({
      description: 'Pushgateway that takes the metrics',
      helpValue: 'URL',
      required: true,
    }),
    cron: Flags.string({description: 'When, as cron has it', default: '*/15 * * * *'}),
  });

  async run(): Promise<void> {
    const {flags} = await this.parse(NetSchedule);
    const {printSchedule} = await import('../../services/probes/schedule.ts');
    await printSchedule(flags);
  }
}
