import test from 'ava';
import {array, assert, constantFrom, property, string, stringMatching, tuple} from 'fast-check';
import {NameBook} from '../../../../src/redact/pseudonyms/book.ts';
import {Pseudonyms} from '../../../../src/redact/pseudonyms/pseudonyms.ts';
import {WORDS} from '../../../../src/redact/pseudonyms/words.ts';
import {COLLECTORS} from '../../../../src/protocol/collectors.ts';
import {RESOURCES} from '../../../../src/kube/resources.ts';

const KEY = '5a'.repeat(32);
const HOSTS = ['contoso-win-01', 'aks-paypool-000001', 'ip-10-0-3-4.eu-west-1.compute.internal'];
const OBJECTS = ['payments', 'ledger-api', 'ledger', 'contoso'];
const both = new Pseudonyms({key: KEY, kinds: ['names', 'ips'], names: {hosts: HOSTS, objects: OBJECTS}});
const one = (name: string): string => both.text(name);

const hex = (length: number) => stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));

const meta = (name: string, namespace?: string, more: object = {}) => ({
  metadata: {name, namespace, ...more},
});

const PLACES: readonly ((name: string) => string)[] = [
  name => `{"namespace":"${name}"}`,
  name => String.raw`{"message":"line\n${name}\u0022 x"}`,
  name => `C:\\\\var\\\\log\\\\pods\\\\${name}_x-0_0a580af4-0101-4f3c-9c3a-2b6b0f6f6f01`,
  name => `pod="${name}/web-0"`,
  name => `https://10.0.0.1/api/v1/namespaces/${name}/pods?x=%2F${name}`,
  name => `<Computer>${name}</Computer>`,
  name => `${name}.svc.cluster.local`,
  name => `${name}-7f8b9-x2x9k`,
  name => `kube-apiserver-${name}`,
  name => `--hostname-override=${name}`,
  name => `cluster-resources/pods/${name}.json`,
];

test('a name is replaced wherever it stands as a word of its own, by one pseudonym', t => {
  assert(
    property(constantFrom(...HOSTS, ...OBJECTS), constantFrom(...PLACES), (name, place) => {
      const own = one(name);
      return own !== name && both.text(place(name)).includes(own) && !both.text(place(name)).includes(name);
    }),
    {numRuns: 400},
  );
  t.pass();
});

test('hosts are known in capitals and as Windows cuts them; other names are not words of texts', t => {
  t.is(one('CONTOSO-WIN-01'), one('contoso-win-01').toUpperCase());
  t.false(/paypool/i.test(one('AKS-PAYPOOL-000')));
  t.is(one('Contoso'), 'Contoso');
  t.regex(one('aks-paypool-000001'), /^aks-x[a-z2-7]{8}$/);
});

test('of names that begin alike the longest counts, and pods keep what was put behind', t => {
  t.is(one('ledger-api-7f8b9-x2x9k'), `${one('ledger-api')}-7f8b9-x2x9k`);
  t.not(one('ledger-api'), `${one('ledger')}-api`);
  t.is(one('ledgers'), 'ledgers');
});

test('once is as good as twice for names: who does it on the node and who does it again agree', t => {
  const names = new Pseudonyms({key: KEY, kinds: ['names'], names: {hosts: HOSTS, objects: OBJECTS}});
  const text = tuple(array(constantFrom(...HOSTS, ...OBJECTS, 'x', 'kube-system')), array(string())).map(
    ([words, rest]) => [...words, ...rest].join(' '),
  );
  assert(
    property(text, whole => names.text(names.text(whole)) === names.text(whole)),
    {numRuns: 500},
  );
  t.pass();
});

const words = [...WORDS, ...COLLECTORS.flatMap(({name}) => name.split('.')), ...RESOURCES.map(r => r.plural)];

test('words of Kubernetes, of Windows and of a bundle stay, whatever a cluster has for names', t => {
  const greedy = new Pseudonyms({
    key: KEY,
    kinds: ['names'],
    names: {hosts: words, objects: [...words, 'kube', 'proxy-windows']},
  });
  for (const word of WORDS) t.is(greedy.text(word), word);
  t.is(greedy.text('kube-proxy-windows kube-system'), 'kube-proxy-windows kube-system');
  for (const path of ['cluster-resources/nodes.json', 'host-collectors/x/windows/hns/v1-policylists.json'])
    t.is(greedy.text(path), path);
  t.is(greedy.text('node.kubernetes.io/windows-build'), 'node.kubernetes.io/windows-build');
});

test('identifiers survive byte for byte beside names that look like their parts', t => {
  const names = new Pseudonyms({
    key: KEY,
    kinds: ['names', 'ips'],
    names: {hosts: ['cafe', 'beef-0101'], objects: ['ab', 'dead', '4f3c', 'f00d', 'sha256']},
  });
  const guid = tuple(hex(8), hex(4), constantFrom('cafe', 'beef', 'dead', '4f3c'), hex(4), hex(12)).map(p =>
    p.join('-'),
  );
  assert(property(guid, id => names.text(`{"ID":"${id}","x":"pod${id}"}`).includes(`{"ID":"${id}"`)));
  assert(property(hex(64), digest => names.text(`sha256:${digest}`) === `sha256:${digest}`));
  t.is(names.text('00-15-5D-AB-01-02 00-15-5d-ab-01-02'), '00-15-5D-AB-01-02 00-15-5d-ab-01-02');
});

test('a key of JSON is a word of the API, and stays', t => {
  t.is(both.text('{"payments": {"name":"payments"}}'), `{"payments": {"name":"${one('payments')}"}}`);
});

test('a book takes names of what users name, and not those of the system', t => {
  const book = new NameBook();
  book.add('nodes', {
    ...meta('n1'),
    status: {
      addresses: [
        {type: 'Hostname', address: 'host1'},
        {type: 'InternalIP', address: '10.0.0.1'},
      ],
    },
  });
  book.add('namespaces', meta('pay'));
  book.add('namespaces', meta('kube-system'));
  book.add('daemonSets', meta('kube-proxy', 'kube-system'));
  book.add('services', meta('front', 'pay'));
  const owner = {kind: 'ReplicaSet', name: 'shop-7f8b9'};
  book.add(
    'pods',
    meta('shop-7f8b9-abcde', 'pay', {labels: {'pod-template-hash': '7f8b9'}, ownerReferences: [owner]}),
  );
  book.add('replicaSets', meta('shop-7f8b9', 'pay', {ownerReferences: [{kind: 'Deployment', name: 'shop'}]}));
  book.add('events', {metadata: {}, involvedObject: {kind: 'Pod', name: 'gone-0', namespace: 'pay'}});
  book.add('events', {metadata: {}, involvedObject: {kind: 'Node', name: 'n2'}});
  t.deepEqual(book.list(), {hosts: ['host1', 'n1', 'n2'], objects: ['front', 'gone-0', 'pay', 'shop']});
});
