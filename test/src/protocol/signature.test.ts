import {createHash, createHmac} from 'node:crypto';
import test from 'ava';
import * as fc from 'fast-check';
import {formatKeys, readKeys} from '../../../src/protocol/key.ts';
import {authorize, bodyHash, isSignedBy, readAuthorization} from '../../../src/protocol/signature.ts';
import type {Claims, SignedRequest} from '../../../src/protocol/signature.ts';

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({minLength: bytes, maxLength: bytes}).map(b => Buffer.from(b).toString('hex'));
const keyBytes = fc.uint8Array({minLength: 32, maxLength: 32});
const requests: fc.Arbitrary<SignedRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  target: fc.webPath().map(path => `/${path}`),
  node: fc.domain(),
});
const claims: fc.Arbitrary<Claims> = fc.record({
  boot: hex(16),
  time: fc.nat(2 ** 41),
  nonce: hex(16),
  body: hex(32),
});

test('the code is the HMAC-SHA-256 that the published document describes', t => {
  const key = Buffer.alloc(32, 7);
  const request = {method: 'POST', target: '/v1/snapshot', node: 'win-1'};
  const claim = {
    boot: 'ab'.repeat(16),
    time: 1_790_000_000_000,
    nonce: '01'.repeat(16),
    body: bodyHash('{}'),
  };
  t.is(claim.body, createHash('sha256').update('{}').digest('hex'));
  const signed = `KubectlWin1\nPOST\n/v1/snapshot\nwin-1\n${claim.boot}\n1790000000000\n${claim.nonce}\n${claim.body}`;
  const mac = createHmac('sha256', key).update(signed).digest('hex');
  t.is(
    authorize(key, request, claim),
    `KubectlWin1 boot=${claim.boot},time=1790000000000,nonce=${claim.nonce},body=${claim.body},mac=${mac}`,
  );
});

test('what was signed is read back and proven, by whichever of the keys made it', t => {
  fc.assert(
    fc.property(keyBytes, keyBytes, requests, claims, (key, other, request, claim) => {
      const read = readAuthorization(authorize(key, request, claim));
      t.deepEqual(read?.claims, claim);
      if (!read) return;
      t.true(isSignedBy([key], request, read));
      t.true(isSignedBy([other, key], request, read));
      t.false(isSignedBy([], request, read));
      if (!Buffer.from(key).equals(other)) t.false(isSignedBy([other], request, read));
    }),
  );
});

test('a change of any part is seen', t => {
  fc.assert(
    fc.property(keyBytes, requests, claims, requests, claims, (key, request, claim, r, c) => {
      const read = readAuthorization(authorize(key, request, claim));
      t.truthy(read);
      if (!read) return;
      for (const name of ['method', 'target', 'node'] as const)
        if (r[name] !== request[name]) t.false(isSignedBy([key], {...request, [name]: r[name]}, read));
      for (const name of ['boot', 'time', 'nonce', 'body'] as const)
        if (c[name] !== claim[name])
          t.false(isSignedBy([key], request, {...read, claims: {...claim, [name]: c[name]}}));
    }),
  );
});

test('a header that is not exactly of the form is none', t => {
  const header = authorize(
    new Uint8Array(32),
    {method: 'GET', target: '/', node: 'n'},
    {boot: '0'.repeat(32), time: 0, nonce: '0'.repeat(32), body: '0'.repeat(64)},
  );
  t.truthy(readAuthorization(header));
  for (const other of [
    '',
    ` ${header}`,
    `${header} `,
    `${header}\n`,
    `${header},x=1`,
    header.replace('KubectlWin1', 'KubectlWin2'),
    header.replace('KubectlWin1', 'Bearer'),
    header.replace('time=0', 'time=-1'),
    header.replace('time=0', 'time=1e3'),
    header.replace('time=0', `time=${'9'.repeat(16)}`),
    header.replace('mac=', 'mac=0'),
    header.slice(0, -1),
    header.replaceAll('0', 'g'),
  ])
    t.is(readAuthorization(other), undefined, other);
  fc.assert(fc.property(fc.string(), text => readAuthorization(text) === undefined));
});

test('keys are read as they are written, and what is no key is left out', t => {
  fc.assert(
    fc.property(fc.array(keyBytes, {maxLength: 3}), keys => {
      t.deepEqual(readKeys(formatKeys(keys)), keys);
    }),
  );
  const line = Buffer.alloc(32, 1).toString('base64');
  t.is(readKeys(`${line}\r\n\n# comment\n${line.slice(1)}\n ${line}`).length, 2);
  for (const text of ['', 'key', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])
    t.deepEqual(readKeys(text), []);
});
