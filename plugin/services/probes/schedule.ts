import {netSchedule} from '../../../src/agent-manifests/net-schedule.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {UserError} from '../../errors.ts';
import {yamlOf} from '../agent-manifest.ts';
import {writeResult} from '../result.ts';
import {gatewayOf} from './push.ts';

/** Flags of `net schedule`. */
export interface ScheduleFlags {
  image: string;
  'push-gateway': string;
  cron: string;
}

/** Five fields, or a name as cron has them; the API server looks closer. */
const CRON =
  /^(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*/,A-Za-z-]+(?: [\d*/,A-Za-z-]+){4})$/;

/** Prints the objects as a stream of YAML documents. Throws a `UserError` for flags that make no sense. */
export async function printSchedule({
  image,
  cron,
  'push-gateway': pushGateway,
}: ScheduleFlags): Promise<void> {
  gatewayOf(pushGateway);
  if (!CRON.test(cron)) {
    throw new UserError(`--cron ${cron} is no schedule`, {
      code: 'bad-flag',
      fix: ['give five fields such as `--cron "*/15 * * * *"`'],
      exitCode: EXIT.usage,
    });
  }
  await writeResult(yamlOf(netSchedule({image, cron, pushGateway})), undefined);
}
