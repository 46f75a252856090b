import {array, assert, property, stringMatching} from 'fast-check';
import test from 'ava';
import {lineMasker} from '../../../../agent/logs/files/mask-lines.ts';

function masked(...pieces: readonly string[]): string {
  const masker = lineMasker();
  return pieces.map(piece => masker.push(piece)).join('') + masker.end();
}

test('a credential is masked, also where it comes in two pieces', t => {
  t.is(masked('I0901 get --token=abc', '123 done\n'), 'I0901 get --token=*** done\n');
});

test('a private key is left out from its beginning to its end, over all its lines', t => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIabc\ndef\n-----END RSA PRIVATE KEY-----\n';
  t.is(masked(`before\n${key}after\n`), 'before\n-----BEGIN RSA PRIVATE KEY-----***\nafter\n');
});

test('a key that never ends does not swallow the log', t => {
  const text = masked(`-----BEGIN PRIVATE KEY-----\n${'MIIabc\n'.repeat(256)}after\n`);
  t.is(text, '-----BEGIN PRIVATE KEY-----***\nafter\n');
});

test('line ends of Windows become LF, and the last line gets one', t => {
  t.is(masked('a\r\nb\r\n\r\nc'), 'a\nb\n\nc\n');
});

test('a line without end is given in pieces: memory stays bounded', t => {
  const masker = lineMasker();
  let given = 0;
  for (let i = 0; i < 64; i++) given += masker.push('x'.repeat(1 << 16)).length;
  t.true(given >= 3 << 20);
});

test('text without secrets comes out as it went in, however it is cut', t => {
  assert(
    property(array(stringMatching(/^[a-z \n]{0,20}$/)), pieces => {
      const text = pieces.join('');
      t.is(masked(...pieces), text === '' || text.endsWith('\n') ? text : `${text}\n`);
    }),
  );
});
