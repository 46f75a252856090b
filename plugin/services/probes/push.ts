import {EXIT} from '../../../src/report/exit.ts';
import {ExternalError, UserError} from '../../errors.ts';

/** The older text: every Pushgateway takes it, and what is written is both. */
const TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const TIMEOUT_MS = 30_000;

/**
 * Where metrics of a job are sent to: a group of series that each run replaces as a whole
 * (https://github.com/prometheus/pushgateway#put-method). Throws a `UserError` where the flag is no URL.
 */
export function gatewayOf(text: string | undefined, job: string): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text.endsWith('/') ? text : `${text}/`);
  if (url && /^https?:$/.test(url.protocol)) return new URL(`metrics/job/${job}`, url);
  throw new UserError(`--push-gateway ${text} is no URL`, {
    code: 'bad-flag',
    fix: ['name it as `--push-gateway http://pushgateway.monitoring:9091`'],
    exitCode: EXIT.usage,
  });
}

/** Replaces what the gateway has of us. Throws an `ExternalError` where it does not take it. */
export async function push(gateway: URL, metrics: string, signal: AbortSignal): Promise<void> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  let answer: Response;
  try {
    answer = await fetch(gateway, {
      method: 'PUT',
      body: metrics,
      headers: {'content-type': TYPE},
      redirect: 'error',
      signal: until,
    });
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ExternalError(`${gateway.host} took no metrics: ${said}`, {code: 'push-gateway', cause: error});
  }
  const said = (await answer.text()).slice(0, 200).trim();
  if (!answer.ok)
    throw new ExternalError(`${gateway.host} took no metrics: HTTP ${answer.status}${said && `: ${said}`}`, {
      code: 'push-gateway',
    });
}
