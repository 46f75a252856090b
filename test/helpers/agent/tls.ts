import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';

/** A certificate for 127.0.0.1 that vouches for itself, in files of its own. */
export function selfSigned(t: ExecutionContext): {folder: string; cert: string; key: string} {
  const folder = mkdtempSync(join(tmpdir(), 'agent-tls-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const subject = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'pipe',
  });
  return {folder, cert, key};
}
