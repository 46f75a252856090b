import {scheduled} from './scheduled.ts';
import type {ManifestObject} from './settings.ts';

/** What a scheduled `net check` is told. */
export interface NetSchedule {
  /** Image that has kubectl-win. */
  readonly image: string;
  /** As cron has it, in UTC unless the cluster says otherwise. */
  readonly cron: string;
  /** Where its metrics go. */
  readonly pushGateway: string;
}

/** Name of its objects, of its metrics' job and of who tells its Events. */
export const NET_SCHEDULE = 'kubectl-win-net';

/** A CronJob that runs `net check`, with what it needs. */
export function netSchedule({image, cron, pushGateway}: NetSchedule): ManifestObject[] {
  return scheduled({
    name: NET_SCHEDULE,
    component: 'net',
    container: 'net-check',
    image,
    cron,
    args: ['net', 'check', '-o', 'openmetrics', '--events', '--push-gateway', pushGateway],
  });
}
