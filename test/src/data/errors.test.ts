import {createHash} from 'node:crypto';
import test from 'ava';
import {ERRORS, classifyError, codesIn, errorById, isNoise} from '../../../src/data/errors.ts';
import {testWithSample} from '../../helpers/samples.ts';
import {ERROR_TEXTS} from '../../helpers/error-texts.ts';

/** Lines that kubelets on Windows write in good health. */
const NOISE_TEXTS: readonly string[] = [
  'Unable to get cpu perf counter data; err: unable to collect data from counter. Error code is 800007d6',
  'kubelet needs to run as uid `0`. It is being run as -1',
  'Could not get process start time, could not read /proc: CreateFile /proc: The system cannot find the file specified.',
  'Unable to read config path "C:\\var\\lib\\kubelet\\manifests": path does not exist, ignoring',
];

test('ids are unique, in kebab case, and found again', t => {
  const ids = ERRORS.map(e => e.id);
  t.deepEqual([...new Set(ids)], ids);
  for (const entry of ERRORS) {
    t.regex(entry.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.is(errorById(entry.id), entry);
  }
});

test('every entry says what it means, what to do, and where that is known from', t => {
  for (const {id, title, meaning, remedy, links, where, match} of ERRORS) {
    t.true(title.length > 10 && meaning.length > 20, id);
    t.true(remedy.length > 0 && links.length > 0 && where.length > 0, id);
    for (const link of links) t.regex(link, /^https:\/\//);
    for (const part of match.flat()) t.is(part, part.toLowerCase(), `${id} is sought in lowered text`);
  }
});

test('what an entry asks for is enough to find it, and no other entry claims it', t => {
  for (const {id, match} of ERRORS) {
    for (const parts of match) t.is(classifyError(parts.join(' ... '))?.id, id, parts.join(' + '));
  }
});

test('every entry knows a text as nodes write it', t => {
  t.deepEqual([...new Set(ERROR_TEXTS.map(([id]) => id))].sort(), ERRORS.map(e => e.id).sort());
  for (const [id, text] of ERROR_TEXTS) t.is(classifyError(text)?.id, id, text);
});

test('case does not matter', t => {
  for (const [id, text] of ERROR_TEXTS) t.is(classifyError(text.toUpperCase())?.id, id, text);
});

test('lines of healthy nodes are no error', t => {
  for (const text of NOISE_TEXTS) {
    t.is(classifyError(text), undefined, text);
    t.true(isNoise(text), text);
  }
});

test('a text that nobody knows has no class', t => {
  for (const text of ['', 'all is well', 'Created container web', 'error', '0x1', 'exit status 1']) {
    t.is(classifyError(text), undefined);
    t.false(isNoise(text));
  }
});

test('one code is read in every notation', t => {
  t.true(codesIn('(0xc0370101)').has('0x80370101'));
  t.true(codesIn('{"errorcode":2147943568}').has('0x490'));
  t.true(codesIn('winapi error #3489792023').has('0xc0020017'));
  t.true(codesIn('(0x00000057)').has('0x57'));
  t.deepEqual([...codesIn('0x1234567890 and 99999999999')], []);
});

test('a long text costs no more than its head', t => {
  const before = process.hrtime.bigint();
  t.is(classifyError(`${'x'.repeat(5_000_000)}pleg is not healthy`), undefined);
  t.true(Number(process.hrtime.bigint() - before) < 1e9);
});

/** Per sample: first 16 hex of its SHA-256, its number of texts, and how many fall into each class. */
const SAMPLES: Record<string, {sha: string; texts: number; classes: Record<string, number>}> = {
  'node/containerd-log-fragments.txt': {
    sha: 'a6204a85f5e0afcd',
    texts: 7,
    classes: {unknown: 5, 'compute-start-timeout': 1, 'host-lacks-updates': 1},
  },
  'node/kubelet-log-fragments.txt': {
    sha: '4d45657e6f0ea24b',
    texts: 20,
    classes: {'runtime-timeout': 2, noise: 7, 'pleg-unhealthy': 2, unknown: 9},
  },
  'node/kube-proxy-windows-log-fragments.txt': {
    sha: '0351ea992a422154',
    texts: 28,
    classes: {
      'hns-policy-invalid': 2,
      unknown: 23,
      'address-invalid-or-reserved': 1,
      'switch-port-not-found': 1,
      'load-balancer-port-exists': 1,
    },
  },
  'node/windows-pod-events.txt': {
    sha: '0241e7089c6ef2f4',
    texts: 35,
    classes: {
      'host-lacks-updates': 2,
      unknown: 9,
      'working-directory-invalid': 1,
      'mount-path-syntax': 1,
      'namespace-attach-failed': 2,
      'wincat-missing': 1,
      'entrypoint-not-found': 1,
      'runtime-connection-lost': 1,
      'endpoint-already-exists': 1,
      'vpc-address-label-missing': 1,
      'vpc-address-quota': 1,
      'network-parameter-incorrect': 1,
      'cni-store-locked': 1,
      'hns-object-not-found': 1,
      'image-build-mismatch': 1,
      'layer-of-other-build': 1,
      'layer-access-denied': 1,
      'layer-filter-driver': 1,
      'smb-server-unreachable': 1,
      'smb-credentials-wrong': 1,
      'smb-several-users': 1,
      'smb-helper-failed': 1,
      'gmsa-rpc-unavailable': 2,
      'gmsa-credentials-refused': 1,
    },
  },
  'node/eks-node-fragments.txt': {sha: '3cbd3a2478fe8328', texts: 87, classes: {unknown: 87}},
  'node/crictl-info-windows-fragments.txt': {sha: '39d3eb67190e445e', texts: 73, classes: {unknown: 73}},
  'node/kubeadm-calico-node-fragment.txt': {sha: 'b761b12273ff46a2', texts: 9, classes: {unknown: 9}},
  'node/pause-manifest-fragments.txt': {sha: '8574e91a67ae12d9', texts: 8, classes: {unknown: 8}},
  'hns/issue-excerpts/hns-error-strings.jsonl': {
    sha: '103cbbd188d374a0',
    texts: 15,
    classes: {
      'load-balancer-port-exists': 1,
      'address-outside-subnet': 1,
      'address-invalid-or-reserved': 1,
      'switch-port-not-found': 1,
      'network-adapter-not-found': 1,
      'hns-object-not-found': 2,
      'hns-parameter-incorrect': 1,
      'namespace-stuck': 1,
      'endpoint-already-attached': 1,
      'network-already-exists': 1,
      'hns-data-of-other-build': 1,
      'hns-policy-invalid': 1,
      'pod-network-missing': 1,
      'hns-crashed': 1,
    },
  },
};

for (const [file, expected] of Object.entries(SAMPLES)) {
  testWithSample(`texts of ${file} are classified`, file, (t, content) => {
    const texts = textsOf(file, content);
    const classes: Record<string, number> = {};
    for (const text of texts) {
      const id = classifyError(text)?.id ?? (isNoise(text) ? 'noise' : 'unknown');
      classes[id] = (classes[id] ?? 0) + 1;
    }
    t.is(
      createHash('sha256').update(content).digest('hex').slice(0, 16),
      expected.sha,
      'the sample is the one that was counted',
    );
    t.is(texts.length, expected.texts);
    t.deepEqual(classes, expected.classes);
  });
}

function textsOf(file: string, content: string): string[] {
  const lines = content.split('\n').filter(line => line.trim() !== '');
  if (!file.endsWith('.jsonl')) return lines.filter(line => !line.startsWith('#'));
  return lines.map(line => {
    const row: unknown = JSON.parse(line);
    const {api, raw, win32, hex} = Object(row);
    return typeof raw === 'string' ? raw : `${api} failed in Win32: ${win32} (${hex})`;
  });
}
