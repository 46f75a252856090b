import {setTimeout as sleep} from 'node:timers/promises';
import {ApiError} from '../parts/api.ts';

/**
 * How long an object may wait for what it needs: its namespace's service account, its CustomResourceDefinition. The
 * controller of volumes looks again only every 15 s.
 */
const PATIENCE_MS = 60_000;

/** Tries again while the answer says that something is only not there yet. */
export async function patiently<T>(action: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof ApiError) || !isTooEarly(error) || performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/** 404: namespace or kind not served yet; 403: the controller has not yet made the namespace's service account. */
function isTooEarly({status, message}: ApiError): boolean {
  return status === 404 || (status === 403 && message.includes('service account'));
}
