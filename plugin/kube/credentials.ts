import {readFileSync} from 'node:fs';
import {UserError} from '../errors.ts';
import type {Access} from './access.ts';
import type {Credential, Credentials} from './credential.ts';
import {ExecPlugin} from './exec-plugin.ts';
import {legacyProvider} from './legacy-provider.ts';

const shared = new WeakMap<Access, Credentials>();

/** The source of an access, one for all that use it: a credential plug-in runs once, however many kinds of requests there are. */
export function credentialsOf(access: Access): Credentials {
  const known = shared.get(access) ?? sourceFor(access);
  shared.set(access, known);
  return known;
}

/** Picks the source as kubectl does: a token first, then its file, basic, certificates, exec plug-ins, legacy providers. */
function sourceFor(access: Access): Credentials {
  const {user} = access;
  const certificate = certificateOf(access);
  if (user.token) return fixed({...certificate, authorization: `Bearer ${user.token}`});
  if (user.tokenFile) return new TokenFile(user.tokenFile, certificate);
  if (user.username || user.password) {
    const basic = Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64');
    return fixed({...certificate, authorization: `Basic ${basic}`});
  }
  if (certificate.cert) return fixed(certificate);
  if (user.exec) return new ExecPlugin(user.exec, access);
  if (user['auth-provider']) return legacyProvider(access, user['auth-provider'].name);
  return fixed({});
}

function fixed(credential: Credential): Credentials {
  return {current: async () => credential, renew: async () => false};
}

/** A projected service account token is replaced on disk before it expires; client-go looks every minute. */
const TOKEN_FILE_TTL_MS = 60_000;

class TokenFile implements Credentials {
  readonly #file: string;
  readonly #certificate: Credential;
  #credential: Credential = {};
  #readAt = -Infinity;

  constructor(file: string, certificate: Credential) {
    this.#file = file;
    this.#certificate = certificate;
  }

  async current(): Promise<Credential> {
    if (performance.now() - this.#readAt > TOKEN_FILE_TTL_MS) this.#read();
    return this.#credential;
  }

  async renew(used: Credential): Promise<boolean> {
    this.#read();
    return this.#credential.authorization !== used.authorization;
  }

  #read(): void {
    const token = readPem(this.#file, 'token file').toString('utf8').trim();
    this.#credential = {...this.#certificate, authorization: `Bearer ${token}`};
    this.#readAt = performance.now();
  }
}

function certificateOf({user}: Access): Credential {
  const cert = pem(user['client-certificate-data'], user['client-certificate'], 'client certificate');
  const key = pem(user['client-key-data'], user['client-key'], 'client key');
  return {...(cert && {cert}), ...(key && {key})};
}

/** PEM from a kubeconfig: inline base64 counts before a file, as in client-go. */
export function pem(data: string | undefined, file: string | undefined, what: string): Buffer | undefined {
  if (data) return Buffer.from(data, 'base64');
  return file ? readPem(file, what) : undefined;
}

function readPem(file: string, what: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(`the ${what} ${file} that the kubeconfig names cannot be read`, {
      code: 'credential-file',
      fix: [`ls -l ${file}`],
      cause: error,
    });
  }
}
