import type {Resource} from '../../src/kube/resources.ts';
import {apiVersionOf} from '../../src/kube/resources.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import {ApiStatusError, ConnectionError} from './api-error.ts';
import {ruleFor} from './rights.ts';

/** Whether the server denied a list for want of rights. */
export function isDenied(error: unknown): boolean {
  return error instanceof ApiStatusError && error.status === 403;
}

/** Whether the server does not know what was asked for. */
export function isUnknown(error: unknown): boolean {
  return error instanceof ApiStatusError && error.status === 404;
}

/**
 * States why a list is missing, or what of it: `read` objects had come before. What is no answer of the server to this
 * list (an abort, refused credentials, a bug) is thrown on.
 */
export function gapOf(error: unknown, resource: Resource, at: {namespace?: string; read: number}): Missing {
  if (isDenied(error)) return missing('denied', ruleFor(resource, at.namespace));
  if (isUnknown(error)) {
    return missing('unsupported', `the server has no ${apiVersionOf(resource)} ${resource.plural}`);
  }
  if (!(error instanceof ApiStatusError) && !(error instanceof ConnectionError)) throw error;
  const cut = at.read > 0 ? `only the first ${at.read} ${resource.plural} were read: ` : '';
  const reason = error instanceof ConnectionError && error.fault === 'timeout' ? 'timeout' : 'failed';
  return missing(reason, cut + error.message);
}
