import {readFile} from 'node:fs/promises';
import type {Decrypter, Encrypter} from 'age-encryption';
import {UserError} from '../errors.ts';
import {EXIT} from '../../src/report/exit.ts';

/** Bytes of a file of keys: more than anybody has. */
const MAX_FILE = 1024 * 1024;

/** Flags that say for whom to encrypt. */
export interface EncryptFlags {
  encrypt?: string[] | undefined;
  'recipients-file'?: string[] | undefined;
}

/** Whether flags ask for encryption. */
export function isEncrypted(flags: EncryptFlags): boolean {
  return (flags.encrypt?.length ?? 0) > 0 || (flags['recipients-file']?.length ?? 0) > 0;
}

/** Who may decrypt; undefined where nobody asked for encryption. Throws a `UserError` where a recipient is none. */
export async function encrypterFor(flags: EncryptFlags): Promise<Encrypter | undefined> {
  if (!isEncrypted(flags)) return undefined;
  const age = await import('age-encryption');
  const encrypter = new age.Encrypter();
  const given = (flags.encrypt ?? []).map(key => ({key, from: '--encrypt'}));
  const listed = await keysIn(flags['recipients-file'] ?? [], '--recipients-file');
  for (const {key, from} of [...given, ...listed]) {
    try {
      encrypter.addRecipient(key);
    } catch (cause) {
      // Who mistakes an identity for a recipient has it shown to nobody.
      const shown = /^age1/i.test(key) ? ` ${key}` : '';
      throw new UserError(`${from}: what was given${shown} is no recipient`, {
        code: 'recipient',
        fix: ['give a public key: `age1…`, which `age-keygen -y FILE` prints'],
        exitCode: EXIT.usage,
        cause,
      });
    }
  }
  return encrypter;
}

/** What decrypts with the identities of these files. Throws a `UserError` where there is none in them. */
export async function decrypterFor(files: readonly string[]): Promise<Decrypter> {
  const age = await import('age-encryption');
  const decrypter = new age.Decrypter();
  for (const {key, from} of await keysIn(files, '--identity')) {
    try {
      decrypter.addIdentity(key);
    } catch {
      // Neither the key nor what the library says of it is shown.
      throw new UserError(`${from} has a line that is no age identity`, {
        code: 'identity',
        fix: [
          'give the file that `age-keygen -o FILE` wrote; SSH keys and encrypted identities are not read',
        ],
        exitCode: EXIT.usage,
      });
    }
  }
  return decrypter;
}

/** Keys of files, one a line; comments and empty lines are passed over. */
async function keysIn(files: readonly string[], flag: string): Promise<{key: string; from: string}[]> {
  const keys = await Promise.all(
    files.map(async file => {
      const text = await textOf(file, flag);
      const lines = text.split('\n').map(line => line.trim());
      const found = lines.filter(line => line !== '' && !line.startsWith('#'));
      if (found.length === 0) throw unreadable(file, flag, 'no key is in it');
      return found.map(key => ({key, from: `${flag} ${file}`}));
    }),
  );
  return keys.flat();
}

async function textOf(file: string, flag: string): Promise<string> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    throw unreadable(file, flag, code === 'ENOENT' ? 'there is no such file' : code, cause);
  }
  if (text.length > MAX_FILE) throw unreadable(file, flag, 'it is too large for a file of keys');
  return text;
}

function unreadable(file: string, flag: string, why: string, cause?: unknown): UserError {
  return new UserError(`${flag} ${file} cannot be read: ${why}`, {
    code: 'key-file',
    exitCode: EXIT.usage,
    fix: ['give a file with one key a line, as age has them'],
    cause,
  });
}
