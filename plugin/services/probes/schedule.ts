import {NET_SCHEDULE, netSchedule} from '../../../src/agent-manifests/net-schedule.ts';
import {pluginImage} from '../../agent/image.ts';
import {yamlOf} from '../agent-manifest.ts';
import {checkCron} from '../cron.ts';
import {writeResult} from '../result.ts';
import {gatewayOf} from './push.ts';

/** Flags of `net schedule`. */
export interface ScheduleFlags {
  image?: string | undefined;
  'push-gateway': string;
  cron: string;
}

/** Prints the objects as a stream of YAML documents. Throws a `UserError` for flags that make no sense. */
export async function printSchedule({
  image = pluginImage(),
  cron,
  'push-gateway': pushGateway,
}: ScheduleFlags): Promise<void> {
  gatewayOf(pushGateway, NET_SCHEDULE);
  checkCron(cron);
  await writeResult(yamlOf(netSchedule({image, cron, pushGateway})), undefined);
}
