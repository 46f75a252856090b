import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import ava from 'ava';
import type {BundleInfo} from '../../../plugin/services/bundle/inspect.ts';
import type {Redaction} from '../../../src/bundle/own-files.ts';
import {tempDir, writeTree} from '../../helpers/archives.ts';
import {win} from '../../helpers/cli.ts';
import {schemaErrors} from '../../helpers/schemas.ts';

// One process at a time: each takes a core.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../../plugin/sample');
const CANARY = 'canary7-Invented';

/** An old archive's folder: secrets in several kinds of files, one of them in UTF-16, and a file that is no text. */
const OLD = new Map<string, string | Uint8Array>([
  ['kubectl-win/manifest.json', readFileSync(join(SAMPLE, 'kubectl-win/manifest.json'))],
  ['version.yaml', readFileSync(join(SAMPLE, 'version.yaml'))],
  ['cluster-resources/secrets/shop.json', `{"kind":"Secret","data":{"x":"${CANARY}1"}}`],
  [
    'host-collectors/win-1/windows/logs/kubelet/kubelet.log',
    Buffer.from(`\uFEFFone\r\npassword=${CANARY}2\r\n`, 'utf16le'),
  ],
  ['host-collectors/win-1/windows/memory.dmp', Buffer.from([0, 1, 2, 255, 0, 0, 7, 200])],
  ['notes.txt', `my token is shop-${CANARY}3, ticket 4711\n`],
]);

const RULES = `apiVersion: troubleshoot.sh/v1beta2
kind: Redactor
metadata: {name: ours}
spec:
  redactors:
  - name: tickets
    fileSelector: {file: '*.txt'}
    removals: {values: ['4711'], regex: [{redactor: '(token is )(?P<mask>\\S+)(,.*)'}]}
`;

test('an old capture is redacted: its layout and encodings stay, what is no text is left out', async t => {
  const folder = tempDir(t);
  writeTree(join(folder, 'old'), OLD);
  writeFileSync(join(folder, 'rules.yaml'), RULES);
  const archive = join(folder, 'safe.tar.gz');
  const args = ['bundle', 'redact', join(folder, 'old'), '--output-file', archive];
  const {code, stdout, stderr} = await win([...args, '--redactor', join(folder, 'rules.yaml')]);
  t.is(code, 0, stderr);
  t.is(stdout, `${archive}\n`);
  t.regex(stderr, /memory\.dmp was left out: it is no text/);
  t.is(statSync(archive).mode & 0o777, 0o600);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const read = (path: string): Buffer => readFileSync(join(folder, 'safe', path));
  t.is(read('cluster-resources/secrets/shop.json').toString(), '{"kind":"Secret","data":{"x":"***"}}');
  t.is(
    read('host-collectors/win-1/windows/logs/kubelet/kubelet.log').toString('utf16le'),
    '\uFEFFone\r\npassword=***\r\n',
  );
  t.is(read('notes.txt').toString(), 'my token is ***, ticket ***\n');
  t.false(readdirSync(join(folder, 'safe/host-collectors/win-1/windows')).includes('memory.dmp'));
  const redactions = JSON.parse(read('kubectl-win/redactions.json').toString()) as Redaction[];
  t.true(redactions.some(({rule, file, count}) => rule === 'tickets' && file === 'notes.txt' && count === 2));
  t.false(JSON.stringify(redactions).includes(CANARY));
  t.is((await win(['bundle', 'verify', archive])).code, 0);
});

test('a bundle that was changed does not verify', async t => {
  const folder = tempDir(t);
  const archive = join(folder, 'b.tar.gz');
  t.is((await win(['bundle', 'redact', SAMPLE, '--output-file', archive])).code, 0);
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  writeFileSync(join(folder, 'b/cluster-resources/nodes.json'), '{}');
  writeFileSync(join(folder, 'b/more.txt'), 'x');
  const {code, stdout} = await win(['bundle', 'verify', join(folder, 'b')]);
  t.is(code, 1);
  t.is(
    stdout,
    'cluster-resources/nodes.json is another than the one that was collected\nmore.txt is in no manifest\n',
  );
});

/** A report without what two runs differ in. */
async function report(path: string): Promise<unknown> {
  const {
    source: _s,
    timings: _t,
    ...rest
  } = JSON.parse((await win(['doctor', '--from', path, '-o', 'json'])).stdout);
  return rest;
}

test('redaction changes no finding', async t => {
  const folder = tempDir(t);
  const archive = join(folder, 'b.tar.gz');
  await win(['bundle', 'redact', SAMPLE, '--output-file', archive]);
  t.deepEqual(await report(archive), await report(SAMPLE));
});

test('inspect says what a capture is and holds, in words and as its schema says', async t => {
  const {stdout} = await win(['bundle', 'inspect', SAMPLE, '-o', 'json']);
  const info = JSON.parse(stdout) as BundleInfo;
  t.deepEqual(schemaErrors('bundle-info', info), []);
  t.is(info.collectedAt, '2026-09-01T12:00:00Z');
  t.true(info.kinds.includes('pods'));
  t.regex(
    (await win(['bundle', 'inspect', SAMPLE])).stdout,
    /^Layout +kubectl win bundle\nCollected +2026-09-01T12:00:00Z\n/,
  );
});

test('what has no manifest cannot be verified, and rules that cannot be used are told in one line', async t => {
  const folder = tempDir(t);
  writeFileSync(join(folder, 'pod.json'), '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}');
  const verified = await win(['bundle', 'verify', folder]);
  t.is(verified.code, 3);
  t.regex(verified.stderr, /has no manifest/);
  writeFileSync(join(folder, 'r.yaml'), RULES.replace('(?P<mask>', '(?='));
  const {code, stderr} = await win([
    'bundle',
    'redact',
    SAMPLE,
    '--output-file',
    join(folder, 'o.tgz'),
    '--redactor',
    join(folder, 'r.yaml'),
  ]);
  t.is(code, 2);
  t.regex(stderr, /rule tickets: .* looks ahead, behind or back/);
  t.false(readdirSync(folder).includes('o.tgz'));
});

test('a folder that cannot be written to is told before anything is read', async t => {
  const {code, stderr} = await win(['bundle', 'redact', SAMPLE, '--output-file', '/proc/nowhere/b.tar.gz']);
  t.is(code, 3);
  t.regex(stderr, /\/proc\/nowhere\/b\.tar\.gz cannot be written/);
});

test('--dry-run prints every request and file without a cluster, and none of a Secret', async t => {
  const {code, stdout} = await win(['bundle', '--dry-run', '--logs', 'all', '--since', '2h']);
  t.is(code, 0);
  t.true(stdout.includes('GET /api/v1/pods -> cluster-resources/pods/<namespace>.json\n'));
  t.true(stdout.includes('GET /api/v1/configmaps?fieldSelector=metadata.name=kube-proxy -> '));
  t.true(stdout.includes('agent hns.networks -> host-collectors/<node>/windows/hns/networks.json\n'));
  t.regex(
    stdout,
    /GET log of every container: the last 10000 lines, of the last 2h, of them the last 10485760 bytes -> /,
  );
  t.notRegex(stdout, /agent probes/);
  const probing = await win(['bundle', '--dry-run', '--probe', 'quick']);
  t.regex(probing.stdout, /^agent probes \(quick; .*\): pod to a Service -> kubectl-win\/probes\.jsonl$/m);
  t.notRegex(stdout, /\/secrets|\/configmaps ->/);
  t.notRegex(
    (await win(['bundle', '--dry-run', '--logs', 'none', '--agent', 'never'])).stdout,
    /agent |GET log/,
  );
});
