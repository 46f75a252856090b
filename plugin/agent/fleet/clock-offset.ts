import type {Greeting} from '../client/agent-client.ts';
import type {FoundPods} from './pods.ts';

/** An HTTP date is cut to whole seconds: half of one is what it is short of in the middle. */
const HALF_SECOND = 500;

/** The node's clock less the API server's, milliseconds; `undefined` where the server named no time. */
export function clockOffset(
  {health, at}: Greeting,
  {serverTime}: Pick<FoundPods, 'serverTime'>,
): number | undefined {
  const date = Date.parse(serverTime?.date ?? '');
  if (serverTime === undefined || Number.isNaN(date)) return undefined;
  const sinceThen = at - serverTime.at;
  return Math.round(health.now - (date + HALF_SECOND + sinceThen));
}
