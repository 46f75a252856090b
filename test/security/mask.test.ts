import test from 'ava';
import {MASK} from '../../src/redact/mask.ts';
import {maskSecrets, maskWords} from '../../src/redact/quoted.ts';

const SECRETS: readonly [text: string, shown: string][] = [
  [
    'Get "https://robot:invented-pass-1@registry.example/v2/": denied',
    `Get "https://${MASK}@registry.example/v2/": denied`,
  ],
  ['proxy http://robot:p@ss:1@10.0.0.1:3128 refused', `proxy http://${MASK}@10.0.0.1:3128 refused`],
  ['image "robot:invented1@registry.example/app:1"', `image "robot:${MASK}@registry.example/app:1"`],
  ['Authorization: Bearer invented.token-123', `Authorization: Bearer ${MASK}`],
  ['basic aW52ZW50ZWQ6MTIz', `basic ${MASK}`],
  ['failed: password=invented-1, user=bob', `failed: password=${MASK}, user=bob`],
  ['{"password": "invented-1"}', `{"password": "${MASK}"}`],
  [String.raw`{\"password\":\"invented-1\"}`, String.raw`{\"password\":\"${MASK}\"}`],
  ['ConnectionString=x;AccountKey=aW52ZW50ZWQ=;', `ConnectionString=x;AccountKey=${MASK};`],
  [
    'GET https://x.blob.example/c?sv=1&sig=invented%2Bsig&se=2',
    `GET https://x.blob.example/c?sv=1&sig=${MASK}&se=2`,
  ],
  ['net use --password invented-1 z:', `net use --password ${MASK} z:`],
  ['eyJhbGciOiJub25lIn0.eyJpbnZlbnRlZCI6MX0.c2ln was refused', `${MASK} was refused`],
  [
    'key: -----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----',
    `key: -----BEGIN RSA PRIVATE KEY-----\n${MASK}\n-----END RSA PRIVATE KEY-----`,
  ],
];

for (const [text, shown] of SECRETS)
  test(`masked: ${text.slice(0, 50)}`, t => t.is(maskSecrets(text), shown));

const HARMLESS = [
  'MountVolume.SetUp failed for volume "x" : secret "web-tls" not found',
  'Failed to pull image "mcr.microsoft.com/windows/nanoserver:ltsc2022@sha256:0123456789abcdef": not found',
  'hcs::CreateComputeSystem web: The token is invalid. (0x8007000a)',
  'failed to fetch token: unexpected status: 401 Unauthorized',
  'FailedToRetrieveImagePullSecret: Unable to retrieve some image pull secrets (regcred)',
  String.raw`cannot open C:\app\node_modules\@scope\x`,
  'Www-Authenticate: Bearer realm="https://auth.example/token",service="registry.example"',
  'basic authentication is not supported',
  'mail ops@example.com',
];

for (const text of HARMLESS) test(`not masked: ${text.slice(0, 50)}`, t => t.is(maskSecrets(text), text));

test('the words of a command line keep their places', t => {
  t.deepEqual(maskWords(['app.exe', '--password', 'invented-1', '--token=invented-2', '--verbose', '-p']), [
    'app.exe',
    '--password',
    MASK,
    `--token=${MASK}`,
    '--verbose',
    '-p',
  ]);
  t.deepEqual(maskWords(['--password', '--verbose']), ['--password', '--verbose']);
});
