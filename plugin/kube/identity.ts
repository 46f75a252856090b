import {ExternalError} from '../errors.ts';
import type {Access} from './access.ts';

/** Headers that say who asks and as whom; every request carries them. Credentials are not among them. */
export function identityHeaders(access: Access, version = '0'): Record<string, string | string[]> {
  return {'user-agent': `kubectl-win/${version}`, ...impersonationHeaders(access)};
}

/** That the server refuses the credentials it was given. */
export function unauthorized(server: string): ExternalError {
  return new ExternalError(
    `the API server ${server} refuses these credentials (401): they are wrong or have expired`,
    {
      code: 'unauthorized',
      fix: ['log in again, then try `kubectl auth whoami`'],
    },
  );
}

/** client-node would send the user only; groups, uid and extra fields are left out there. */
function impersonationHeaders({impersonate}: Access): Record<string, string | string[]> {
  if (!impersonate) return {};
  const headers: Record<string, string | string[]> = {'impersonate-user': impersonate.user};
  if (impersonate.uid) headers['impersonate-uid'] = impersonate.uid;
  if (impersonate.groups.length > 0) headers['impersonate-group'] = [...impersonate.groups];
  for (const [key, values] of Object.entries(impersonate.extra)) {
    headers[`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`] = [...values];
  }
  return headers;
}
