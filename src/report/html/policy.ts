import {sha256} from '@noble/hashes/sha2.js';
import {utf8ToBytes} from '@noble/hashes/utils.js';
import {SCRIPT} from './script.ts';
import {STYLE} from './style.ts';

/** The page's Content-Security-Policy: everything is forbidden but its own style, script and empty icon. */
export function policy(): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The policy of a page without a script that may search by a form of its own. */
export function folderPolicy(): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${base64(sha256(utf8ToBytes(text)))}'`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648. `src` has no `btoa`: that is of the web, not of the language. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = bytes.subarray(i, i + 3);
    const [a = 0, b = 0, c = 0] = group;
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map(shift => DIGITS.charAt((bits >> shift) & 63));
    text += digits
      .slice(0, group.length + 1)
      .join('')
      .padEnd(4, '=');
  }
  return text;
}
