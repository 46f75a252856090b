import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import ava from 'ava';
import {encrypting} from '../../../plugin/age/encrypt.ts';
import {encrypterFor} from '../../../plugin/age/keys.ts';
import {openCapture} from '../../../plugin/capture/open.ts';
import {age, ageKeys} from '../../helpers/age.ts';
import {tempDir, tgzOf, zipOf} from '../../helpers/archives.ts';
import {win} from '../../helpers/cli.ts';

// One process at a time: each takes a core.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../../plugin/sample');
const POD = new Map([['pods.json', '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"x"}}']]);

/** A report without what two runs differ in. */
const judged = (text: string): unknown => ({...JSON.parse(text), source: null, timings: null});

test('what we encrypt the real age decrypts, for each recipient, and no other file is left', async t => {
  const folder = tempDir(t);
  const [one, two] = [ageKeys(folder, 'one'), ageKeys(folder, 'two')];
  const archive = join(folder, 'safe.tar.gz.age');
  writeFileSync(join(folder, 'recipients'), `# of the support team\n\n${two.recipient}\n`);
  const before = readdirSync(folder);
  const args = ['--encrypt', one.recipient, '--recipients-file', join(folder, 'recipients')];
  const {code, stderr} = await win(['bundle', 'redact', SAMPLE, '--output-file', archive, ...args]);
  t.is(code, 0, stderr);
  t.deepEqual(readdirSync(folder), [...before, 'safe.tar.gz.age'].sort());
  t.is(statSync(archive).mode & 0o777, 0o600);
  for (const {identity} of [one, two]) {
    const plain = age(['--decrypt', '-i', identity, archive]);
    const listed = execFileSync('tar', ['-tz'], {input: plain, encoding: 'utf8'}).split('\n');
    t.true(listed.includes('safe/cluster-resources/nodes.json'));
  }
});

test('every command that reads captures reads one that the real age encrypted, and says the same', async t => {
  const folder = tempDir(t);
  const {identity, recipient} = ageKeys(folder, 'key');
  const plain = join(folder, 'b.tar.gz');
  await win(['bundle', 'redact', SAMPLE, '--output-file', plain]);
  const archive = join(folder, 'b.tar.gz.age');
  age(['-r', recipient, '-o', archive, plain]);
  const withKey = ['--identity', identity];
  const doctor = await win(['doctor', '--from', archive, ...withKey, '-o', 'json']);
  t.deepEqual(judged(doctor.stdout), judged((await win(['doctor', '--from', plain, '-o', 'json'])).stdout));
  for (const args of [['nodes'], ['hns', 'endpoints']]) {
    const {stdout} = await win([...args, '--from', archive, ...withKey]);
    t.is(stdout, (await win([...args, '--from', plain])).stdout, args.join(' '));
  }
  t.regex((await win(['bundle', 'inspect', archive, ...withKey])).stdout, /^Layout +kubectl win bundle\n/);
  t.is((await win(['bundle', 'verify', archive, ...withKey])).code, 0);
  t.is((await win(['bundle', 'diff', archive, plain, ...withKey])).code, 0);
  const env = {KUBECTL_WIN_IDENTITY: identity};
  t.is((await win(['bundle', 'verify', archive], '', env)).code, 0);
});

test('at the borders of chunks nothing is lost', async t => {
  const folder = tempDir(t);
  const {identity, recipient} = ageKeys(folder, 'key');
  const encrypter = await encrypterFor({encrypt: [recipient]});
  if (!encrypter) throw new Error('nothing encrypts');
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_000]) {
    const plain = Buffer.alloc(size, 'kubectl');
    const parts: Uint8Array[] = [];
    // oxlint-disable-next-line typescript/require-await -- a stream of one piece
    const whole = async function* (): AsyncGenerator<Uint8Array> {
      yield plain;
    };
    for await (const part of encrypting(encrypter)(whole())) parts.push(part);
    t.true(plain.equals(age(['-d', '-i', identity], Buffer.concat(parts))), String(size));
  }
});

test('armour and zip are read, too', async t => {
  const folder = tempDir(t);
  const {identity, recipient} = ageKeys(folder, 'key');
  for (const [name, args, bytes] of [
    ['armoured', ['-a'], await tgzOf(POD)],
    ['zip', [], zipOf(POD)],
    ['single', [], Buffer.from(POD.get('pods.json') ?? '')],
  ] as const) {
    const path = join(folder, name);
    writeFileSync(path, age(['-r', recipient, ...args], bytes));
    const files = await openCapture(path, {identities: [identity]});
    const texts: string[] = [];
    for await (const file of files.read(new Set(files.list().map(f => f.path))))
      texts.push(Buffer.from(file.bytes).toString());
    t.deepEqual(texts, [...POD.values()], name);
  }
});

test('what cannot be decrypted is told in one line, and no key is shown', async t => {
  const folder = tempDir(t);
  const [mine, other] = [ageKeys(folder, 'mine'), ageKeys(folder, 'other')];
  const archive = join(folder, 'b.age');
  writeFileSync(archive, age(['-r', mine.recipient], await tgzOf(POD)));
  const secret = /AGE-SECRET-KEY-\S+/.exec(readFileSync(other.identity, 'utf8'))?.[0] ?? '';
  writeFileSync(join(folder, 'bad.txt'), `${secret.slice(0, -3)}QQQ\n`);
  writeFileSync(join(folder, 'empty.txt'), '# nothing\n');
  const says = async (args: readonly string[], exit: number, text: RegExp): Promise<void> => {
    const {code, stderr} = await win(args);
    t.is(code, exit, stderr);
    t.regex(stderr, text);
    t.notRegex(stderr, /AGE-SECRET-KEY-1\w/);
  };
  const inspect = ['bundle', 'inspect', archive];
  await says(inspect, 3, /is encrypted, and no identity was given/);
  await says([...inspect, '--identity', other.identity], 3, /is encrypted, and not for the identity/);
  await says([...inspect, '--identity', join(folder, 'bad.txt')], 2, /has a line that is no age identity/);
  await says([...inspect, '--identity', join(folder, 'empty.txt')], 2, /cannot be read: no key is in it/);
  await says(
    [...inspect, '--identity', join(folder, 'none.txt')],
    2,
    /cannot be read: there is no such file/,
  );
  const redact = ['bundle', 'redact', SAMPLE, '--output-file', join(folder, 'o.age')];
  await says([...redact, '--encrypt', secret], 2, /--encrypt: what was given is no recipient/);
  await says([...redact, '--encrypt', 'age1nonsense'], 2, /what was given age1nonsense is no recipient/);
  t.false(readdirSync(folder).includes('o.age'));
});

test('an archive that was cut or changed keeps what came before, as any other', async t => {
  const folder = tempDir(t);
  const {identity, recipient} = ageKeys(folder, 'key');
  const big = new Map<string, string | Uint8Array>([
    ...POD,
    ['z.bin', Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)))],
  ]);
  for (let i = 0; i < 4; i++)
    big.set(`z${i}.bin`, Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))));
  const whole = age(['-r', recipient], await tgzOf(big));
  const changed = Buffer.from(whole);
  changed[whole.length - 40_000] = (changed[whole.length - 40_000] ?? 0) ^ 1;
  for (const [name, bytes] of [
    ['cut', whole.subarray(0, whole.length - 50_000)],
    ['changed', changed],
  ] as const) {
    writeFileSync(join(folder, name), bytes);
    const files = await openCapture(join(folder, name), {identities: [identity]});
    t.regex(files.damage ?? '', /is damaged or cut short/, name);
    t.is(files.list()[0]?.path, 'pods.json', name);
  }
});

test('a header without an end is refused at once', async t => {
  const folder = tempDir(t);
  const {identity} = ageKeys(folder, 'key');
  const path = join(folder, 'endless');
  writeFileSync(path, `age-encryption.org/v1\n-> X25519 ${'A'.repeat(4 * 1024 * 1024)}`);
  await t.throwsAsync(openCapture(path, {identities: [identity]}), {message: /its age header does not end/});
});
