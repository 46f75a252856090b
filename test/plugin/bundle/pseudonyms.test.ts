import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import ava from 'ava';
import {Spool} from '../../../plugin/bundle/spool.ts';
import {NodeWriter} from '../../../plugin/bundle/nodes.ts';
import {Renaming, renamedGaps} from '../../../plugin/services/bundle/pseudonyms.ts';
import {readSnapshotRequest} from '../../../src/protocol/snapshot-request.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {tempDir} from '../../helpers/archives.ts';
import {win} from '../../helpers/cli.ts';

// Processes take a core each.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../../plugin/sample');

test('what was put down before gets pseudonyms as what comes after does, in paths and sources, too', t => {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  const renaming = new Renaming(['names', 'ips']);
  renaming.book.add('pods', {metadata: {name: 'ledger', namespace: 'payments'}});
  const line = 'pod payments/ledger at 10.244.7.5\n';
  spool.file('cluster-resources/pods/logs/payments/ledger/a.log', line, {source: 'GET pods/ledger/log'});
  const pseudonyms = renaming.pseudonyms();
  spool.rename(pseudonyms);
  spool.file('cluster-resources/pods/logs/payments/ledger/b.log', line, {source: 'GET pods/ledger/log'});
  const [a, b] = spool.files();
  t.is(a?.path, pseudonyms.text('cluster-resources/pods/logs/payments/ledger/a.log'));
  t.is(a?.sha256, b?.sha256);
  t.is(a?.source, b?.source);
  t.false(JSON.stringify(spool.files()).includes('ledger'));
  t.is(readFileSync(join(spool.folder, a?.path ?? ''), 'utf8'), pseudonyms.text(line));
  t.true(spool.has('cluster-resources/pods/logs/payments/ledger/b.log'));
  const counts = spool.redactions().map(({rule, count}) => `${rule} ${count}`);
  const each = ['pseudonym-ip 1', 'pseudonym-name 2'];
  t.deepEqual(counts, [...each, ...each]);
});

test('what an agent has given pseudonyms gets none a second time', t => {
  const spool = new Spool(join(tempDir(t), 'b.tar.gz'));
  t.teardown(() => spool.close());
  const renaming = new Renaming(['names', 'ips']);
  renaming.book.addHost('contoso-1');
  const pseudonyms = renaming.pseudonyms();
  spool.rename(pseudonyms);
  const writer = new NodeWriter(spool);
  writer.expect('contoso-1', 'windows');
  const body = pseudonyms.text('{"ip":"10.244.7.5","host":"contoso-1"}');
  const facts = {tookMs: 1, at: '2026-09-01T12:00:00Z', source: 'x', bytes: 1};
  writer.take('contoso-1', {...facts, key: 'system', ok: true, file: 'system.json', body});
  writer.endAll();
  const path = pseudonyms.text('host-collectors/contoso-1/windows/system.json');
  t.is(readFileSync(join(spool.folder, path), 'utf8'), body);
});

test('agents are told what they can take: a request of a large cluster is read, its nodes first', t => {
  const renaming = new Renaming(['names']);
  for (let n = 0; n < 1000; n++) renaming.book.addHost(`aks-winpool-${n}`);
  for (let n = 0; n < 30_000; n++)
    renaming.book.add('services', {metadata: {name: `service-of-some-length-${n}`, namespace: 'n'}});
  const request = renaming.request();
  t.true(JSON.stringify(request).length < 250 * 1024);
  const read = readSnapshotRequest(request);
  t.true(typeof read !== 'string' && read.names?.hosts.length === 1000);
});

test('gaps name their objects by pseudonyms', t => {
  const renaming = new Renaming(['names']);
  renaming.book.addHost('contoso-1');
  const gaps = [
    {what: 'node.agent', node: 'contoso-1', reason: 'failed', detail: 'contoso-1 did not answer'},
  ];
  t.notRegex(JSON.stringify(renamedGaps(gaps, renaming.pseudonyms())), /contoso/);
});

/** What was found, without names. */
async function found(path: string): Promise<string[]> {
  const {stdout} = await win(['doctor', '--from', path, '-o', 'json']);
  const report = JSON.parse(stdout) as DoctorReport;
  return report.findings
    .map(f => `${f.id} ${f.severity} ${f.subjectCount} ${f.subjects[0]?.kind}`)
    .toSorted();
}

test('a capture with pseudonyms is told the same, and names of its owner are nowhere in it', async t => {
  const folder = tempDir(t);
  const archive = join(folder, 'p.tar.gz');
  const args = ['bundle', 'redact', SAMPLE, '--output-file', archive, '--pseudonyms', 'names,ips'];
  const {code, stderr} = await win(args);
  t.is(code, 0, stderr);
  t.deepEqual(await found(archive), await found(SAMPLE));
  execFileSync('tar', ['-xzf', archive, '-C', folder]);
  const names = /\b(?:win-\d|payments|billing|ledger|invoice-worker)\b/;
  const root = join(folder, 'p');
  for (const name of readdirSync(root, {recursive: true, encoding: 'utf8'})) {
    t.notRegex(name, names);
    if (statSync(join(root, name)).isFile()) t.notRegex(readFileSync(join(root, name), 'utf8'), names, name);
  }
  t.is((await win(['bundle', 'verify', archive])).code, 0);
});
