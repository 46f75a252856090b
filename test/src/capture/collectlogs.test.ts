import test from 'ava';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {loadCapture} from '../../../src/capture/load.ts';
import {networkListing} from '../../../src/inventory/hns/networks.ts';
import {inventory, windowsNodesOf} from '../../../src/inventory/list.ts';
import {generationGap} from '../../../src/node/hns-objects.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {filesOf} from '../../helpers/capture-files.ts';
import {healthyHns} from '../../helpers/healthy-hns.ts';
import type {Json} from '../../helpers/raw.ts';
import {testWithSample} from '../../helpers/samples.ts';
import {seenOn, valueOf} from '../../helpers/seen-on.ts';

const answers = healthyHns('win-1', {namespace: 'shop', name: 'web-0'});

/** As PowerShell's `ConvertTo-Json` prints: two blanks behind a colon. */
const json = (file: string): string => JSON.stringify(answers[file], null, 4).replaceAll('": ', '":  ');

/** As `Get-HnsNetwork | Select Name, Type, Id, AddressPrefix` prints, which each script writes before the JSON. */
function table(networks: Json[]): string {
  const rows = networks.map(n => `${n.Name} ${n.Type} ${n.ID}`);
  return `\nName         Type    Id                                   AddressPrefix\n----         ----    --                                   -------------\n${rows.join('\n')}\n\n`;
}

const FILES: Record<string, string> = {
  'network.txt': table(answers['hns/v1-networks.json']) + json('hns/v1-networks.json'),
  'endpoint.txt': json('hns/v1-endpoints.json'),
  'policy.txt': json('hns/v1-policylists.json'),
  'namespaces.txt': json('hns/v1-namespaces.json'),
  'hnsdiag.txt': 'Networks:\n',
  'ip.txt': 'Windows IP Configuration\n',
};

async function load(files: Record<string, string | Uint8Array>): Promise<Snapshot> {
  return (await loadCapture(filesOf(files), {fallbackTime: '2026-09-01T12:00:00Z'})).snapshot;
}

const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const inFolder = (folder: string): [string, string][] =>
  Object.entries(FILES).map(([n, text]) => [folder + n, text]);

const ARCHIVES: Record<string, {files: Record<string, string | Uint8Array>; node: string}> = {
  'a folder of collectlogs.ps1': {files: Object.fromEntries(inFolder('win-1/')), node: 'win-1'},
  'collectlogs.ps1 in no folder': {files: FILES, node: 'node'},
  'collectlogs.ps1 in UTF-16': {
    files: Object.fromEntries(inFolder('').map(([n, text]) => [n, utf16(text)])),
    node: 'node',
  },
  "EKS's collector": {
    files: {
      'eks/system/sysinfo': '',
      'eks/system/system-eventlogs.csv': '',
      'eks/kubelet/kubelet-service.csv': '',
      'eks/firewall/firewall-domain': '',
      ...Object.fromEntries(inFolder('eks/network/hns/')),
    },
    node: 'eks',
  },
  "AKS's script": {
    files: {
      'kubeclusterconfig.json': '{}',
      '10-azure.conflist': '{}',
      'azure-vnet.json': '{}',
      '20260901-120000_services.csv': '',
      ...Object.fromEntries(inFolder('')),
    },
    node: 'node',
  },
};

for (const [title, {files, node}] of Object.entries(ARCHIVES)) {
  test(`what HNS has is read from ${title}`, async t => {
    const snapshot = await load(files);
    const networks = valueOf(seenOn(snapshot, 'node.hns.networks', node));
    t.is(networks.length, 1);
    t.like(networks[0], {name: 'flannel.4096', type: 'overlay', managementIps: ['192.168.10.11']});
    t.is(valueOf(seenOn(snapshot, 'node.hns.endpoints', node)).length, 5);
    t.is(valueOf(seenOn(snapshot, 'node.hns.loadbalancers', node)).length, 3);
    t.is(valueOf(seenOn(snapshot, 'node.hns.namespaces', node)).length, 2);
    t.like(seenOn(snapshot, 'node.system', node), {ok: false, reason: 'unsupported'});
  });
}

test('its node is listed, though the API did not tell of it', async t => {
  const {windows, networks} = await load(ARCHIVES['a folder of collectlogs.ps1']?.files ?? {}).then(
    snapshot => ({
      windows: windowsNodesOf(snapshot).map(n => n.metadata.name),
      networks: inventory(snapshot, networkListing({})).items.map(n => `${n.node} ${n.name}`),
    }),
  );
  t.deepEqual(windows, ['win-1']);
  t.deepEqual(networks, ['win-1 flannel.4096']);
});

test('a file that breaks off gives the objects before, and says where', async t => {
  const text = FILES['endpoint.txt'] ?? '';
  const snapshot = await load({...FILES, 'endpoint.txt': text.slice(0, text.length / 2)});
  const endpoints = seenOn(snapshot, 'node.hns.endpoints', 'node');
  t.true(endpoints.ok && endpoints.value.length > 0 && endpoints.value.length < 5);
  t.regex(
    (endpoints.ok && endpoints.partial?.detail) || '',
    /v1-endpoints\.json cannot be read: it breaks off/,
  );
});

test('a list of PowerShell in place of JSON says what is not in it', async t => {
  const list = `Name     : cbr0\nID       : ${answers['hns/v1-networks.json'][0].ID}\nType     : L2Bridge\nSubnets  : {@{AddressPrefix=10.244.1.0/24; Policies=System.Object[]}}\n`;
  const snapshot = await load({...FILES, 'network.txt': list});
  const networks = seenOn(snapshot, 'node.hns.networks', 'node');
  t.like(networks, {
    ok: true,
    value: {0: {name: 'cbr0', type: 'l2bridge', subnets: {0: {prefix: '10.244.1.0/24'}}}},
    partial: {
      reason: 'failed',
      detail: 'hns/v1-networks.json is not whole: Subnets/0/Policies was left out (line 4)',
    },
  });
});

test('names in an OEM code page are read', async t => {
  const text = json('hns/v1-networks.json').replace('flannel.4096', 'gr\u0094\u00E1e');
  const snapshot = await load({...FILES, 'network.txt': new Uint8Array(Buffer.from(text, 'latin1'))});
  t.is(valueOf(seenOn(snapshot, 'node.hns.networks', 'node'))[0]?.name, 'größe');
});

/** As `hnsdiag list all -d` prints: each list below its heading, each object as JSON. */
const HNSDIAG = [
  ['Networks', 'hns/v1-networks.json'],
  ['Endpoints', 'hns/v1-endpoints.json'],
  ['Namespaces', 'hns/v1-namespaces.json'],
  ['LoadBalancers', 'hns/v1-policylists.json'],
]
  .map(([heading, file = '']) => {
    const objects: Json[] = answers[file];
    return `${heading}:\n${objects.map(o => JSON.stringify(o, null, 4)).join('\n')}\n\n`;
  })
  .join('');

const {'ip.txt': ip = ''} = FILES;
/** An archive without what PowerShell printed. */
const only = (hnsdiag: string): Record<string, string> => ({
  'hnsdiag.txt': hnsdiag,
  'ip.txt': ip,
  'routes.txt': '',
  'vfpOutput.txt': '',
  'scqueryex.txt': '',
});

test('where PowerShell printed nothing, what hnsdiag printed in detail tells the same', async t => {
  const [known, told] = await Promise.all([load(FILES), load(only(HNSDIAG))]);
  for (const key of [
    'node.hns.networks',
    'node.hns.endpoints',
    'node.hns.namespaces',
    'node.hns.loadbalancers',
  ] as const) {
    const evidence = seenOn(told, key, 'node');
    t.deepEqual(evidence, seenOn(known, key, 'node'), key);
    t.true(evidence.ok && evidence.partial === undefined);
  }
  const state = valueOf(seenOn(told, 'node.hns', 'node'));
  t.is(generationGap(state, 'endpoints', 'v1'), undefined);
  t.regex(generationGap(state, 'endpoints', 'v2')?.detail ?? '', /nothing came of hns\/endpoints\.json/);
});

test('what hnsdiag printed counts for nothing where the scripts printed it, too', async t => {
  const [known, both] = await Promise.all([load(FILES), load({...FILES, 'hnsdiag.txt': HNSDIAG})]);
  t.deepEqual(seenOn(both, 'node.hns.endpoints', 'node'), seenOn(known, 'node.hns.endpoints', 'node'));
});

test('lists of hnsdiag that are empty are known to be', async t => {
  const snapshot = await load(only('Networks:\n\nEndpoints:\n\nNamespaces:\n\nLoadBalancers:\n'));
  t.deepEqual(seenOn(snapshot, 'node.hns.loadbalancers', 'node'), {ok: true, value: []});
});

test('tables of hnsdiag name things, and say that more is not known', async t => {
  const rows = `Netzwerke:\nName  ID\ncbr0  ${answers['hns/v1-networks.json'][0].ID}\n`;
  const snapshot = await load(only(rows));
  t.like(seenOn(snapshot, 'node.hns.networks', 'node'), {
    ok: true,
    value: {0: {name: 'cbr0'}},
    partial: {
      reason: 'unsupported',
      detail: 'hns/hnsdiag.txt lists names and ids alone, and `hnsdiag list all -d` prints the rest',
    },
  });
  t.like(seenOn(snapshot, 'node.hns.loadbalancers', 'node'), {ok: false, reason: 'unsupported'});
});

test('text of hnsdiag that breaks off gives what is before, and says where', async t => {
  const cut = HNSDIAG.slice(0, HNSDIAG.indexOf('Namespaces:') - 40);
  const endpoints = seenOn(await load(only(cut)), 'node.hns.endpoints', 'node');
  t.true(endpoints.ok && endpoints.value.length === 4);
  t.regex((endpoints.ok && endpoints.partial?.detail) || '', /hnsdiag\.txt is not whole: it breaks off/);
});

const TABLES = 'hns/hnsdiag-list-all-flannel-vxlan0-ws2019.txt';
testWithSample('real tables of hnsdiag list what they name', TABLES, async (t, text) => {
  const snapshot = await load(only(text));
  t.deepEqual(
    valueOf(seenOn(snapshot, 'node.hns.networks', 'node')).map(n => n.name),
    ['nat', 'External', 'vxlan0'],
  );
  t.is(valueOf(seenOn(snapshot, 'node.hns.endpoints', 'node')).length, 6);
  t.is(valueOf(seenOn(snapshot, 'node.hns.loadbalancers', 'node')).length, 4);
  t.deepEqual(seenOn(snapshot, 'node.hns.namespaces', 'node'), {ok: true, value: []});
});

/** What the scripts write beside HNS. */
const BESIDE: Record<string, string> = {
  'windowsServices.txt':
    '\nStatus   Name               DisplayName\n------   ----               -----------\nRunning  hns                Host Network Service\nStopped  kubelet            kubelet\n\n',
  'winver.txt': 'Microsoft Windows NT 10.0.17763.0\n\n\n<No hotfix>\n',
  'reservedports.txt':
    'ERROR: Running out of ephemeral ports. The ephemeral ports range does not have enough resources\n',
  'dynamicportrange.txt':
    '\nProtocol tcp Dynamic Port Range\n---------------------------------\nStart Port      : 49152\nNumber of Ports : 16384\n',
  '20260901-120000-containerd-info.txt': 'containerd github.com/containerd/containerd v1.7.20 8fc6bcff\n',
  'kubelet.err.log':
    'E0901 11:59:00.000000    4244 kubelet.go:2394] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m0s ago" --token=INVENTED-0000\n',
};

test('what the scripts write beside HNS is evidence of the node, too', async t => {
  const snapshot = await load({...FILES, ...BESIDE});
  t.like(valueOf(seenOn(snapshot, 'node.system', 'node')), {build: 17_763});
  t.like(valueOf(seenOn(snapshot, 'node.services', 'node')), {1: {name: 'kubelet', state: 'Stopped'}});
  t.deepEqual(valueOf(seenOn(snapshot, 'node.net.ports', 'node')), {
    freeBlocks64: 0,
    dynamicRange: {start: 49_152, count: 16_384},
  });
  t.like(valueOf(seenOn(snapshot, 'node.cri.version', 'node')), {runtimeVersion: 'v1.7.20'});
  const {lines} = valueOf(seenOn(snapshot, 'node.logs', 'node'));
  t.like(lines, {0: {sign: 'pleg-unhealthy', component: 'kubelet'}});
  t.notRegex(JSON.stringify(snapshot.evidence['node.logs']), /INVENTED/);
});

const judged = async (files: Record<string, string>): Promise<string[]> =>
  judge(await load(files), CHECKS)
    .fails.map(({check}) => check.id)
    .toSorted();

test('a node is diagnosed by its archive alone, and one that is well is told nothing', async t => {
  t.deepEqual(await judged(FILES), []);
  t.deepEqual(await judged({...FILES, ...BESIDE}), ['HNS021', 'KBL005', 'NOD010']);
});
