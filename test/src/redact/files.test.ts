import * as fc from 'fast-check';
import test from 'ava';
import {XmlDocument} from 'libxml2-wasm';
import {parse as parseToml} from 'smol-toml';
import {parseAllDocuments} from 'yaml';
import {redactFile} from '../../../src/redact/redact-file.ts';
import {MASK} from '../../../src/redact/mask.ts';

const redacted = (path: string, text: string): string => redactFile(path, text).text;
const json = (value: unknown): unknown => JSON.parse(redacted('x.json', JSON.stringify(value)));

test('a pair of a name and a value is redacted, whichever comes first', t => {
  t.deepEqual(json([{name: 'DB_PASSWORD', value: 'invented'}]), [{name: 'DB_PASSWORD', value: MASK}]);
  t.deepEqual(json({value: 'invented', name: 'DB_PASSWORD'}), {value: MASK, name: 'DB_PASSWORD'});
  t.deepEqual(json({name: 'LOG_LEVEL', value: 'debug'}), {name: 'LOG_LEVEL', value: 'debug'});
});

test('every value of a Secret is redacted, and no value of a ConfigMap', t => {
  const data = {any: 'aW52ZW50ZWQ=', other: 'eA=='};
  t.deepEqual(json({apiVersion: 'v1', data, kind: 'Secret'}), {
    apiVersion: 'v1',
    data: {any: MASK, other: MASK},
    kind: 'Secret',
  });
  t.deepEqual(json({kind: 'ConfigMap', data}), {kind: 'ConfigMap', data});
  const yaml = 'apiVersion: v1\ndata:\n  any: aW52ZW50ZWQ=\nkind: Secret\n';
  t.is(redacted('x.yaml', yaml), `apiVersion: v1\ndata:\n  any: "${MASK}"\nkind: Secret\n`);
});

test('what kubectl apply leaves behind is redacted whole', t => {
  const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"x":"invented"}}'};
  t.deepEqual(json({annotations}), {
    annotations: {'kubectl.kubernetes.io/last-applied-configuration': MASK},
  });
});

test('the word behind a flag is redacted', t => {
  t.deepEqual(json({args: ['--password', 'invented', '-v', '--token=invented-1', '--user', 'bob']}), {
    args: ['--password', MASK, '-v', `--token=${MASK}`, '--user', 'bob'],
  });
});

test('numbers beyond 2^53, spaces and order stay to the byte', t => {
  const text = '{ "id" : 12345678901234567890,\n\t"password":"invented", "z":1e400 }\n';
  t.is(redacted('x.json', text), `{ "id" : 12345678901234567890,\n\t"password":"${MASK}", "z":1e400 }\n`);
});

test('JSON that breaks off is redacted as far as it goes', t => {
  t.is(redacted('x.json', '{"a":1,"password":"inven'), `{"a":1,"password":"${MASK}`);
  t.is(redacted('x.json', '{"a":["--token","x1'), '{"a":["--token","' + MASK);
});

test('a kubeconfig keeps its servers and certificates only', t => {
  const text = `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t
    server: https://api.example:6443
  name: shop
users:
- name: admin
  user:
    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=
    token: invented
    password: invented too
`;
  const out = redacted('kubeconfig.yaml', text);
  t.false(/invented|LS0tLS1CRUdJTiBSU0E/.test(out));
  t.true(out.includes('server: https://api.example:6443'));
  t.true(out.includes('LS0tLS1CRUdJTiBDRVJU'));
  t.is(out.split('\n').length, text.split('\n').length);
});

test('web.config loses its passwords and keys, and keeps its servers', t => {
  const text = `<?xml version="1.0"?>
<configuration>
  <connectionStrings>
    <add name="Shop" connectionString="Server=db;User ID=app;Password=invented&amp;1;Encrypt=true" providerName="x"/>
  </connectionStrings>
  <appSettings>
    <add key="StripeSecretKey" value="invented"/>
    <add key="PageSize" value="20"/>
  </appSettings>
  <system.web><machineKey validationKey="A1B2" decryptionKey="C3D4" validation="SHA1"/></system.web>
  <identity impersonate="true" userName="app" password="invented"/>
  <AdministratorPassword><Value>invented</Value><PlainText>true</PlainText></AdministratorPassword>
</configuration>
`;
  const out = redacted('web.config', text);
  t.false(/invented|A1B2|C3D4/.test(out), out);
  t.true(out.includes('Server=db;User ID=app;Password='));
  t.true(out.includes('<add key="PageSize" value="20"/>'));
  t.true(out.includes('<PlainText>true</PlainText>'));
  XmlDocument.fromString(out).dispose();
});

test('block texts of YAML are redacted by their name, and by what they hold', t => {
  const text =
    'tls.key: |\n  abc\ndata:\n  app.yaml: |\n    password: invented\n    port: 80\nprivateKey: |-\n  one\n  two\nx: 1\n';
  t.is(
    redacted('x.yaml', text),
    `tls.key: |\n  abc\ndata:\n  app.yaml: |\n    password: "${MASK}"\n    port: 80\nprivateKey: |-\n  ${MASK}\n\nx: 1\n`,
  );
});

test('a text in UTF-16 inside base64 is looked into', t => {
  const command = Buffer.from('net user svc Invented-77 /add', 'utf16le').toString('base64');
  const out = redacted('x.log', `powershell -EncodedCommand ${command}\n`);
  t.false(out.includes(command));
});

/** Texts in which secrets are likely. */
const word = fc.constantFrom(
  'password',
  'token',
  'value',
  'name',
  'DB_PASSWORD',
  'kind',
  'Secret',
  'data',
  'url',
  'args',
  '--token',
  'x',
  'apiKey',
);
const text = fc.oneof(
  word,
  fc.string({unit: 'grapheme', maxLength: 12}),
  fc.constantFrom(
    'password=invented-1',
    'https://u:invented@h/x',
    'Bearer abcdefgh1234',
    '{"password":"invented"}',
    '<a password="invented"/>',
    'a: 1\npassword: invented\n',
    '-----BEGIN PRIVATE KEY-----\nAAAABBBBCCCCDDDDEEEE\n-----END PRIVATE KEY-----',
    'Zm9vOiBiYXIKcGFzc3dvcmQ6IGludmVudGVkLTEyMzQ1Cg==',
    'a "quoted" \\ text\twith\u0007 signs',
  ),
);
const {tree} = fc.letrec(tie => ({
  tree: fc.oneof(
    {maxDepth: 4},
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), {maxLength: 4}),
    fc.dictionary(word, tie('tree'), {maxKeys: 4, noNullPrototype: true}),
  ),
}));

/** What an object is like, without its texts: those of a redacted one may differ, and numbers called passwords. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  return value === null || typeof value === 'boolean' ? value : 'scalar';
}

test('JSON stays JSON of the same shape, and stays as it is the second time', t => {
  fc.assert(
    fc.property(tree, fc.boolean(), (value, pretty) => {
      const written = JSON.stringify(value, null, pretty ? 2 : undefined);
      const once = redacted('x.json', written);
      t.deepEqual(shape(JSON.parse(once)), shape(value));
      t.is(redacted('x.json', once), once);
    }),
  );
});

const key = fc.constantFrom('password', 'name', 'value', 'url', 'token', 'app', 'clientSecret');
const line = fc.constantFrom(
  'invented',
  '"invented 1"',
  "'it''s'",
  'https://u:invented@h/x',
  '[a, b]',
  '{password: invented}',
  '|',
  '12',
  'Bearer abcdefgh1234',
  '"a: b" # why',
  '&x y',
  'eyJhbGciOiJub25lIn0.eyJpbnZlbnRlZCI6MX0.c2ln',
);

test('YAML stays YAML of the same lines', t => {
  const settings = fc.array(fc.tuple(fc.nat(2), fc.boolean(), key, line), {maxLength: 8});
  fc.assert(
    fc.property(settings, all => {
      const written = all
        .map(([depth, item, name, value], n) =>
          value === '|'
            ? `k${n}:\n${'  '.repeat(depth + 1)}${item ? '- ' : ''}${name}: |\n${'  '.repeat(depth + 3)}password: invented\n`
            : `k${n}:\n${'  '.repeat(depth + 1)}${item ? '- ' : ''}${name}: ${value}\n`,
        )
        .join('');
      const once = redacted('x.yaml', written);
      t.is(once.split('\n').length, written.split('\n').length);
      const before = parseAllDocuments(written).flatMap(d => d.errors);
      const after = parseAllDocuments(once).flatMap(d => d.errors);
      t.is(after.length, before.length, `${written}\n=>\n${once}`);
      t.is(redacted('x.yaml', once), once);
    }),
  );
});

test('TOML stays TOML', t => {
  const settings = fc.array(fc.tuple(key, text), {maxLength: 6});
  fc.assert(
    fc.property(settings, all => {
      const written = all
        .map(([name, value], n) => `[t${n}]\n${name} = ${JSON.stringify(value).replaceAll('\u007f', '')}\n`)
        .join('');
      const once = redacted('x.toml', written);
      t.deepEqual(shape(parseToml(once)), shape(parseToml(written)));
      t.is(redacted('x.toml', once), once);
    }),
  );
});

test('the marks of a comment and of a CDATA section are no part of a secret', t => {
  const token = 'abcdefgh1234';
  t.is(
    redacted('x.xml', `<a><!--Bearer ${token}--><![CDATA[Bearer ${token}]]><b/></a>`),
    `<a><!--Bearer ${MASK}--><![CDATA[Bearer ${MASK}]]><b/></a>`,
  );
});

test('a secret in a text of TOML that holds quotes goes, and the text ends where it did', t => {
  const out = redacted('x.toml', String.raw`note = "{\"password\":\"invented\"}" # why`);
  t.is(out, String.raw`note = "{\"password\":\"[redacted]\"}" # why`);
  t.deepEqual(parseToml(out), {note: '{"password":"[redacted]"}'});
});

const escape = (s: string): string =>
  s
    .replaceAll(/[^\t\n\r\u0020-\ud7ff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');

test('XML stays XML', t => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, text, text), {maxLength: 6}), all => {
      const written = `<r>${all.map(([name, a, b]) => `<${name} x="${escape(a)}">${escape(b)}</${name}>`).join('\n')}</r>`;
      const once = redacted('x.xml', written);
      XmlDocument.fromString(once).dispose();
      t.is(redacted('x.xml', once), once);
    }),
  );
});

test('any text at all comes through any kind of file', t => {
  const kinds = fc.constantFrom('a.log', 'a.json', 'a.yaml', 'a.xml', 'a.toml', 'a');
  fc.assert(
    fc.property(kinds, fc.array(fc.oneof(text, fc.string()), {maxLength: 6}), (path, parts) => {
      const written = parts.join('\n');
      t.is(typeof redacted(path, written), 'string');
      if (path === 'a.log') t.is(redacted(path, written).split('\n').length, written.split('\n').length);
    }),
  );
});

test('what has the name of JSON and is text is redacted as text, and what was cut at its start as JSON', t => {
  t.is(
    redactFile('kubelet/configz.json', 'error: password=invented-1 is wrong').text,
    'error: password=*** is wrong',
  );
  t.is(redactFile('x.json', '"password": "invented-1"}]').text, '"password": "***"}]');
  t.is(redactFile('x.json', '12, {"password": "invented-1"}').text, '12, {"password": "***"}');
  t.is(redactFile('x.jsonl', '2026-09-01 password=invented-1\n').text, '2026-09-01 password=***\n');
});
