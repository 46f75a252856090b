import {Flags} from '@oclif/core';
import {BaseCommand} from '../../base-command.ts';
import {withEnv} from '../../flags.ts';

/** `kubectl win doctor schedule`: what runs `doctor` from time to time, as YAML. */
export default class DoctorSchedule extends BaseCommand {
  static override summary =
    'Print a CronJob that runs `doctor` in the cluster, as YAML; no cluster is asked.';
  static override description =
    'The CronJob runs in the namespace of the agents, which has to be there (`kubectl create namespace kubectl-win` where no agents are), under an account of its own: it reads what doctor reads, reaches the agents if there are any, writes Events on what is at fault, reports of policies where the cluster has OpenReports or PolicyReport, and sends metrics to a Pushgateway if one is named. Of reports it may touch only those named kubectl-win-doctor. The folder windows/schedule has alert rules, and says how an image is made.';
  static override examples = [
    {
      description: 'Every half hour',
      command:
        '<%= config.bin %> doctor schedule --image registry.example.com/kubectl-win@sha256:… | kubectl apply -f -',
    },
    {
      description: 'Metrics, too, once a day',
      command:
        '<%= config.bin %> doctor schedule --image registry.example.com/kubectl-win@sha256:… --cron @daily --push-gateway http://pushgateway.monitoring:9091',
    },
  ];
  static override flags = withEnv({
    image: Flags.string({
      description: 'Image that has kubectl-win, best by digest [default: that of this version]',
    }),
    cron: Flags.string({description: 'When, as cron has it', default: '*/30 * * * *'}),
    'push-gateway': Flags.string({description: 'Pushgateway that takes the metrics', helpValue: 'URL'}),
  });

  async run(): Promise<void> {
    const {flags} = await this.parse(DoctorSchedule);
    const {printDoctorSchedule} = await import('../../services/publish/schedule.ts');
    await printDoctorSchedule(flags);
  }
}
