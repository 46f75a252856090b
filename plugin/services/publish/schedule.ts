import {DOCTOR_SCHEDULE, doctorSchedule} from '../../../src/agent-manifests/doctor-schedule.ts';
import {pluginImage} from '../../agent/image.ts';
import {yamlOf} from '../agent-manifest.ts';
import {checkCron} from '../cron.ts';
import {gatewayOf} from '../probes/push.ts';
import {writeResult} from '../result.ts';

/** Flags of `doctor schedule`. */
export interface DoctorScheduleFlags {
  image?: string | undefined;
  cron: string;
  'push-gateway'?: string | undefined;
}

/** Prints the objects as a stream of YAML documents. Throws a `UserError` for flags that make no sense. */
export async function printDoctorSchedule(flags: DoctorScheduleFlags): Promise<void> {
  const {image = pluginImage(), cron, 'push-gateway': pushGateway} = flags;
  gatewayOf(pushGateway, DOCTOR_SCHEDULE);
  checkCron(cron);
  const objects = doctorSchedule({image, cron, ...(pushGateway !== undefined && {pushGateway})});
  await writeResult(yamlOf(objects), undefined);
}
