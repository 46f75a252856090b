import {utf8ToBytes} from '@noble/hashes/utils.js';

/** Limits of `runAsUserName` in bytes of UTF-8, as the API server counts them (`pkg/apis/core/validation`). */
const MAX_USER = 104;
const DOMAIN_LIMIT = 256;

const CONTROL = /[\u0000-\u001F\u007F]/;
const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
const DNS_LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const FORBIDDEN = /["/\\:;|=,+*?<>@[\]]/;

/** Says what breaks the rules of `runAsUserName` (`[DOMAIN\]USER`), the first fault found; `undefined` where it is legal. */
export function userNameFault(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (CONTROL.test(name)) return 'it holds a control character';
  const parts = name.split('\\');
  if (parts.length > 2) return 'it has more than one backslash';
  const [domain, user = ''] = parts.length === 2 ? parts : [undefined, parts[0]];
  return (domain === undefined ? undefined : domainFault(domain)) ?? userFault(user);
}

function domainFault(domain: string): string | undefined {
  if (utf8ToBytes(domain).length >= DOMAIN_LIMIT) return 'its domain has 256 bytes or more';
  const dns = domain.split('.').every(label => DNS_LABEL.test(label));
  return dns || NETBIOS.test(domain) ? undefined : 'its domain is neither a NetBIOS nor a DNS name';
}

function userFault(user: string): string | undefined {
  if (user === '') return 'no user follows the backslash';
  if (utf8ToBytes(user).length > MAX_USER) return 'its user is longer than 104 bytes';
  if (/^[. ]+$/.test(user)) return 'its user consists of dots and spaces only';
  return FORBIDDEN.test(user) ? 'its user holds one of `" / \\ : ; | = , + * ? < > @ [ ]`' : undefined;
}

/** Accounts with every right in their container or on the node. Names have no case on Windows. */
export type Privileged = 'administrator' | 'qualified-administrator' | 'system';

/**
 * Says whether an account is an administrator. The kubelet knows only the bare name `ContainerAdministrator`
 * (`verifyRunAsNonRoot` in `pkg/kubelet/kuberuntime/security_context_windows.go`) and lets the other two pass.
 */
export function privilegedAccount(name: string): Privileged | undefined {
  const lower = name.toLowerCase();
  if (lower === 'containeradministrator') return 'administrator';
  if (lower.endsWith('\\containeradministrator')) return 'qualified-administrator';
  return lower === 'system' || lower === 'nt authority\\system' || lower === 'localsystem'
    ? 'system'
    : undefined;
}
