import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {readCertificates} from '../../../agent/host/certificates.ts';
import {hostPath} from '../../../agent/linux/host.ts';
import {tempDir} from '../../helpers/archives.ts';

const SUBJECT = '/O=system:nodes/CN=system:node:win-1';

/** A certificate and its key in one file, as kubelet keeps its rotated ones. */
function kubeletPem(t: ExecutionContext): string {
  const folder = tempDir(t);
  const [key, certificate] = [join(folder, 'key'), join(folder, 'certificate')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '30',
  ];
  execFileSync('openssl', [...request, '-subj', SUBJECT, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  return readFileSync(certificate, 'utf8') + readFileSync(key, 'utf8');
}

test('of a file that holds a private key only names and times are told', async t => {
  const path = join(tempDir(t), 'kubelet-client-current.pem');
  const pem = kubeletPem(t);
  writeFileSync(path, pem);
  const {certificates, unread} = await readCertificates([{path, role: 'kubelet-client'}]);
  t.deepEqual(unread, []);
  t.is(certificates.length, 1);
  const [certificate] = certificates;
  t.like(certificate, {path, role: 'kubelet-client', subject: 'O=system:nodes, CN=system:node:win-1'});
  const days = Date.parse(certificate?.notAfter ?? '') - Date.parse(certificate?.notBefore ?? '');
  t.is(days, 30 * 86_400_000);
  const told = JSON.stringify(certificates);
  for (const line of pem.split('\n').filter(text => text.length > 20)) t.false(told.includes(line));
});

test('a bundle of authorities tells each, and what does not parse is left out', async t => {
  const path = join(tempDir(t), 'ca.crt');
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
  writeFileSync(path, kubeletPem(t) + broken + kubeletPem(t));
  const {certificates} = await readCertificates([{path, role: 'cluster-ca'}]);
  t.is(certificates.length, 2);
});

test('a place that a distribution does not use is no gap, a file that cannot be read is', async t => {
  const folder = tempDir(t);
  mkdirSync(join(folder, 'folder.pem'));
  const {certificates, unread} = await readCertificates([
    {path: join(folder, 'absent', 'x.pem'), role: 'kubelet-client'},
    {path: join(folder, 'folder.pem'), role: 'kubelet-client'},
  ]);
  t.deepEqual(certificates, []);
  t.deepEqual(unread, [`${join(folder, 'folder.pem')}: EISDIR`]);
});

test("a link with an absolute target stays in the node's file system", async t => {
  const root = tempDir(t);
  const folder = '/var/lib/kubelet/pki';
  mkdirSync(join(root, folder), {recursive: true});
  writeFileSync(join(root, folder, 'kubelet-client-2026.pem'), kubeletPem(t));
  symlinkSync(`${folder}/kubelet-client-2026.pem`, join(root, folder, 'kubelet-client-current.pem'));
  const path = `${folder}/kubelet-client-current.pem`;
  const {certificates} = await readCertificates([{path, role: 'kubelet-client'}], at => hostPath({root}, at));
  t.is(certificates[0]?.path, path);
});
