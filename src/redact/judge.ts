import {nameKind} from './names.ts';
import {isIdentifier, isPath, isPlaceholder, looksRandom, looksSecret, looksTokenLike} from './values.ts';

/** Whether a setting of a structured file is secret, by its name and by what its value looks like. */
export function isSecretSetting(name: string, value: string): boolean {
  const kind = nameKind(name);
  if (kind === undefined || isPlaceholder(value) || isPath(value)) return false;
  if (kind === 'secret') return !isCount(name, value) && !isProse(value);
  // In a kubeconfig a token is whatever the server takes.
  if (/^token$/i.test(name)) return value.length >= 6 && !/\s/.test(value);
  return maybeSecret(name, value, true);
}

/** Whether a value is secret whose name leaves that open. `quoted`: it stands where texts stand, not in prose. */
export function maybeSecret(name: string, value: string, quoted: boolean): boolean {
  // A Secret is named where `secret=` stands; nothing is named by a token.
  if (/token$/i.test(name) && isNoWord(value)) return true;
  if (looksRandom(value) || looksTokenLike(value) || isHuge(value)) return true;
  if (isIdentifier(value)) return quoted && /^[0-9a-f-]{32,}$/i.test(value);
  return looksSecret(value) || (quoted && isUserAndPassword(value));
}

/** A number of seconds, tokens or retries is no secret, unless it is called a password; not even that is a switch. */
export function isCount(name: string, value: string): boolean {
  return /^[01]$/.test(value) || (/^\d{1,5}$/.test(value) && !/pass|pwd|psk/i.test(name));
}

/** A sentence in place of a value: `"password": "must have 8 characters"`. */
export function isProse(value: string): boolean {
  return /^[A-Za-z][a-z']+(?: [a-z'0-9]{1,14}){2,}/.test(value) && !/[!@#$%^&*=]/.test(value);
}

function isNoWord(value: string): boolean {
  return /^[\w.~+=-]{6,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !isIdentifier(value);
}

/** What follows a flag that has no value, or has one that says nothing. */
export function isWord(value: string): boolean {
  return /^[a-z][a-z-]*(?:\/[a-z-]+)?$/.test(value) || value.length < 3;
}

/** No id, name or word is as long. */
function isHuge(value: string): boolean {
  return value.length > 4096 && !/\s/.test(value.slice(0, 200));
}

/** `auth` of a Docker configuration: `user:password` in base64. */
function isUserAndPassword(value: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,1024}={0,2}$/.test(value) || value.length % 4 !== 0) return false;
  try {
    return /^[\w.@-]{1,64}:[ -~]+$/.test(atob(value));
  } catch {
    return false;
  }
}
