import test from 'ava';
import {array, assert, constantFrom, dictionary, letrec, oneof, property, string} from 'fast-check';
import {parse, stringify} from 'smol-toml';
import {isSecretPlace, redactValue} from '../../../../src/cri/config/secret-values.ts';
import {redactToml} from '../../../../src/cri/config/redact.ts';
import {testWithSample} from '../../../helpers/samples.ts';

const SECRET = 'hunter2secret';

test('credentials of registries are blanked in every way to write them', t => {
  for (const text of [
    `[plugins."io.containerd.grpc.v1.cri".registry.configs."r:5000".auth]\n  username = "${SECRET}"\n  password = '${SECRET}'`,
    `[plugins.'io.containerd.grpc.v1.cri'.registry.auths."https://r"]\nauth = "${SECRET}"`,
    `plugins.cri.registry.configs.r.auth = {username = "${SECRET}", password = "${SECRET}" }`,
    `[a.registry.headers]\nAuthorization = ["Basic ${SECRET}"]`,
    `[a.registry.mirrors."docker.io"]\nendpoint = ["https://user:${SECRET}@mirror.local"]`,
    `[a.auth]\nidentitytoken = """\n${SECRET}\n"""`,
    `[stream_processors.x]\nenv = ["KEY=${SECRET}"]\nargs = ["--password", "${SECRET}", "--token=${SECRET}"]`,
    `api_key = 111\npassword = "a\\"${SECRET}"`,
    `# password = "${SECRET}"\n#auth = '${SECRET}'`,
    `[a.auth] # note\n# was "x" = "${SECRET}"`,
  ]) {
    const redacted = redactToml(text);
    t.false(redacted.includes(SECRET), redacted);
    t.deepEqual(shape(parse(redacted)), shape(parse(text)), redacted);
    t.is(redacted.split('\n').length, text.split('\n').length);
  }
});

test('what is no secret stays to the letter', t => {
  const text = `version = 2 # of 1.x
imports = ["/etc/containerd/conf.d/*.toml"]
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.9"
  [plugins."io.containerd.grpc.v1.cri".image_decryption]
    key_model = "node"
  [plugins."io.containerd.grpc.v1.cri".x509_key_pair_streaming]
    tls_key_file = 'C:\\k\\key.pem'
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "C:\\\\k\\\\certs.d"
[timeouts]
  "io.containerd.timeout.task.state" = "2s"
`;
  t.is(redactToml(text), text);
});

test('a text that is no TOML stays none, and loses its secrets', t => {
  for (const text of [
    `[a.auth]\npassword: ${SECRET}`,
    `[a.auth\npassword = "${SECRET}"`,
    `password = "${SECRET}`,
    `[a]\nurl https://u:${SECRET}@h`,
    `token = '''${SECRET}`,
  ]) {
    const redacted = redactToml(text);
    t.false(redacted.includes(SECRET), redacted);
    t.throws(() => parse(redacted), undefined, redacted);
  }
});

test('any text is read to its end, and a text without secrets comes back as it was', t => {
  assert(
    property(string({unit: constantFrom(...Array.from('ab=.[]{}"\'#\n ,1\\'))}), text => {
      t.is(redactToml(text), text);
    }),
  );
  assert(property(string(), text => t.is(typeof redactToml(text), 'string')));
});

test('in any document secrets go from every place that is secret, and the rest stays', t => {
  const name = constantFrom(
    'a',
    'b.c',
    'x "y"',
    'sandbox_image',
    'registry',
    'auth',
    'headers',
    'password',
    'k8s_token',
  );
  const text = oneof(string(), constantFrom('a\nb', '"', "'''", '#', ']', '\\'));
  const {table} = letrec(tie => ({
    table: dictionary(
      name,
      oneof(
        {maxDepth: 4},
        text,
        array(text, {maxLength: 3}),
        tie('table'),
        array(tie('table'), {maxLength: 2}),
      ),
    ),
  }));
  assert(
    property(table, made => {
      const document = planted(made, []) as Record<string, unknown>; // A table is an object.
      const redacted = redactToml(stringify(document));
      t.false(redacted.includes(SECRET), redacted);
      t.deepEqual(parse(redacted), withoutSecrets(document) as ReturnType<typeof parse>);
    }),
  );
});

/** Puts a secret into every text whose place is secret. */
function planted(value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'string') return isSecretPlace(path) ? SECRET : redactValue(path, value);
  if (Array.isArray(value)) return value.map(inner => planted(inner, path));
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, inner]) => [key, planted(inner, [...path, key])]),
  );
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(SECRET, '[redacted]');
  if (Array.isArray(value)) return value.map(withoutSecrets);
  return Object.fromEntries(Object.entries(value ?? {}).map(([key, inner]) => [key, withoutSecrets(inner)]));
}

for (const file of [
  'aks-config-v3-containerd2.template.toml',
  'openshift-wmco-config-v2.toml',
  'gce-config-v1.template.toml',
]) {
  testWithSample(
    `the configuration of a real distribution needs almost no redaction: ${file}`,
    `node/${file}`,
    (t, text) => {
      const changed = redactToml(text)
        .split('\n')
        .filter((line, index) => line !== text.split('\n')[index]);
      // Environment of a stream processor: values go, names stay.
      t.true(
        changed.every(line => line.includes('env = ["OCICRYPT_KEYPROVIDER_CONFIG=[redacted]"]')),
        changed.join('\n'),
      );
    },
  );
}

/** A document with every text and number made alike. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return '';
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
}
