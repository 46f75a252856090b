import {REPORT_APIS, REPORT_NAME} from '../report/policy-reports.ts';
import {scheduled} from './scheduled.ts';
import type {ManifestObject} from './settings.ts';

/** What a scheduled `doctor` is told. */
export interface DoctorSchedule {
  /** Image that has kubectl-win. */
  readonly image: string;
  /** As cron has it, in UTC unless the cluster says otherwise. */
  readonly cron: string;
  /** Where its metrics go, if anywhere. */
  readonly pushGateway?: string;
}

/** Name of its objects, of its metrics' job, of who tells its Events, and of its reports. */
export const DOCTOR_SCHEDULE = REPORT_NAME;

/** A CronJob that runs `doctor`, with what it needs: of reports it may touch those of its own name only. */
export function doctorSchedule({image, cron, pushGateway}: DoctorSchedule): ManifestObject[] {
  return scheduled({
    name: DOCTOR_SCHEDULE,
    component: 'doctor',
    container: 'doctor',
    image,
    cron,
    // What is wrong is told, and no failure of the job.
    args: [
      'doctor',
      '-o',
      'openmetrics',
      '--fail-on',
      'never',
      '--events',
      '--policy-reports',
      ...(pushGateway === undefined ? [] : ['--push-gateway', pushGateway]),
    ],
    rules: REPORT_APIS.flatMap(({group, namespaced, cluster}) => {
      const resources = [namespaced.plural, cluster.plural];
      return [
        {apiGroups: [group], resources, verbs: ['list']},
        {
          apiGroups: [group],
          resources,
          resourceNames: [REPORT_NAME],
          verbs: ['get', 'create', 'patch', 'delete'],
        },
      ];
    }),
  });
}
