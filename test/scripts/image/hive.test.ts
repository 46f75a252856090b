import {execFileSync} from 'node:child_process';
import test from 'ava';
import {emptyHive} from '../../../scripts/image/hive.ts';
import {tempFile} from '../../helpers/archives.ts';

test('an empty hive is one that another reader of hives opens: a root key and nothing else', t => {
  const path = tempFile(t, 'SYSTEM', emptyHive());
  const answer = execFileSync('hivexsh', [path], {input: 'ls\nlsval\n', encoding: 'utf8'});
  t.is(answer, '');
});

test('another writer of hives adds a key to it', t => {
  const path = tempFile(t, 'SYSTEM', emptyHive());
  const script = tempFile(t, 'script', 'add Setup\ncd Setup\nadd Child\ncommit\n');
  execFileSync('hivexsh', ['-w', '-f', script, path]);
  const answer = execFileSync('hivexsh', [path], {input: 'cd Setup\nls\n', encoding: 'utf8'});
  t.regex(answer, /Child/);
});

test('its header sums to its checksum, its sequence numbers agree, and it is the same every time', t => {
  const hive = emptyHive();
  let sum = 0;
  for (let at = 0; at < 508; at += 4) sum ^= hive.readUInt32LE(at);
  t.is(hive.readUInt32LE(508), sum >>> 0);
  t.is(hive.readUInt32LE(4), hive.readUInt32LE(8));
  t.is(hive.length, 8192);
  t.deepEqual(emptyHive(), hive);
});
