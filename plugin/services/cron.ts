import {EXIT} from '../../src/report/exit.ts';
import {UserError} from '../errors.ts';

/** Five fields, or a name as cron has them; the API server looks closer. */
const CRON =
  /^(?:@(?:yearly|annually|monthly|weekly|daily|midnight|hourly)|[\d*/,A-Za-z-]+(?: [\d*/,A-Za-z-]+){4})$/;

/** Throws a `UserError` for what cron would not understand. */
export function checkCron(cron: string): void {
  if (CRON.test(cron)) return;
  throw new UserError(`--cron ${cron} is no schedule`, {
    code: 'bad-flag',
    fix: ['give five fields such as `--cron "*/15 * * * *"`'],
    exitCode: EXIT.usage,
  });
}
