import {readFileSync} from 'node:fs';
import {request} from 'node:https';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {EXPIRY_ENV} from '../../src/protocol/environment.ts';
import {AGENT_NAMESPACE} from '../../src/protocol/names.ts';
import {UsageError} from '../config/usage.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Timers of Node end at 24 days. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;
/** Between two tries: the API server may be away for a moment. */
const RETRY_MS = 10_000;
const REQUEST_MS = 30_000;

/**
 * Waits until the time that the manifest names and deletes the namespace, again and again until that is done. Ends with
 * the namespace. Throws a {@link UsageError} where the environment is not that of its pod.
 */
export async function expire(env: Environment = process.env): Promise<void> {
  const at = Date.parse(env[EXPIRY_ENV.at] ?? '');
  const folder = env[EXPIRY_ENV.account];
  const host = env['KUBERNETES_SERVICE_HOST'];
  if (Number.isNaN(at) || folder === undefined || host === undefined) {
    throw new UsageError(`expire needs ${EXPIRY_ENV.at}, ${EXPIRY_ENV.account} and KUBERNETES_SERVICE_HOST`);
  }
  while (Date.now() < at) await sleep(Math.min(at - Date.now(), LONGEST_SLEEP_MS));
  for (;;) {
    const answer = await remove({host, port: Number(env['KUBERNETES_SERVICE_PORT'] ?? 443), folder});
    process.stderr.write(`${JSON.stringify({event: 'expired', answer})}\n`);
    // Deleted now, before, or under way already.
    if (answer === 200 || answer === 202 || answer === 404 || answer === 409) return;
    await sleep(RETRY_MS);
  }
}

/** One request; the status that came, or in words why none did. Token and authority are read anew: they are replaced in time. */
function remove({
  host,
  port,
  folder,
}: {
  host: string;
  port: number;
  folder: string;
}): Promise<number | string> {
  const {promise, resolve} = Promise.withResolvers<number | string>();
  try {
    const call = request(
      {
        host,
        port,
        method: 'DELETE',
        path: `/api/v1/namespaces/${AGENT_NAMESPACE}`,
        ca: readFileSync(join(folder, 'ca.crt')),
        headers: {authorization: `Bearer ${readFileSync(join(folder, 'token'), 'utf8').trim()}`},
        timeout: REQUEST_MS,
      },
      response => {
        response.resume();
        response.on('close', () => resolve(response.statusCode ?? 0));
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', error => resolve(error.message));
    call.end();
  } catch (error) {
    resolve(error instanceof Error ? error.message : String(error));
  }
  return promise;
}
