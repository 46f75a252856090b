import test from 'ava';
import {assert, property, uint8Array} from 'fast-check';
import {fileVersion} from '../../../agent/logmonitor/file-version.ts';

test('any bytes have a version or none, and nothing is read beyond them', t => {
  const signature = Buffer.from('bd04effe00000100', 'hex');
  assert(
    property(uint8Array(), uint8Array({maxLength: 10}), (before, after) => {
      t.is(fileVersion(Buffer.concat([before, signature, after])) !== null, after.length >= 8);
    }),
  );
  t.is(fileVersion(Buffer.from('no version')), null);
});
