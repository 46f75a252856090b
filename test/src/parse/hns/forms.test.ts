import test from 'ava';
import {decodeText} from '../../../../src/capture/decode.ts';
import {HNS_READINGS} from '../../../../src/hns/readings.ts';
import {readHnsText} from '../../../../src/parse/hns/read-text.ts';

const ID = '0b0f5a5e-7a3b-4c11-9d5b-2f1d6f7a0001';
const OTHER = '0b0f5a5e-7a3b-4c11-9d5b-2f1d6f7a0002';

/** An endpoint as each form has it: the same in each. */
const LIST = `
ID                 : ${ID}
Name               : Ethernet
IPAddress          : 10.244.2.17
IsRemoteEndpoint   : True
MacAddress         : 02-11-0a-f4-02-11
Policies           : {@{Type=PA;
                     PA=192.168.10.12}}
State              : 1
VirtualNetwork     : ${OTHER}
VirtualNetworkName : vxlan0

`;
const JSON_TEXT = JSON.stringify(
  [
    {
      ID,
      Name: 'Ethernet',
      IPAddress: '10.244.2.17',
      IsRemoteEndpoint: true,
      MacAddress: '02-11-0a-f4-02-11',
      Policies: [{Type: 'PA', PA: '192.168.10.12'}],
      State: 1,
      VirtualNetwork: OTHER,
      VirtualNetworkName: 'vxlan0',
    },
  ],
  null,
  4,
);

/** As collectlogs.ps1 writes endpoint.txt: a table first, and then the same as JSON. */
const TABLE_THEN_JSON = `
IPAddress   MacAddress        IsRemoteEndpoint State
---------   ----------        ---------------- -----
10.244.2.17 02-11-0a-f4-02-11             True     1


${JSON_TEXT}
`;

const FORMS: Record<string, string> = {
  'a list': LIST,
  'a list behind a prompt': `PS C:\\> Get-HnsEndpoint\n${LIST}`,
  'a list of a console that wraps at the margin': LIST.replace('                     PA=', 'PA='),
  'a list with no-break spaces': LIST.replaceAll(' ', '\u00A0'),
  'a list with CRLF': LIST.replaceAll('\n', '\r\n'),
  JSON: JSON_TEXT,
  'JSON with a byte order mark': `\uFEFF${JSON_TEXT}`,
  'JSON with no-break spaces': JSON_TEXT.replaceAll('    ', '\u00A0\u00A0'),
  'JSON that PowerShell indents': JSON_TEXT.replaceAll('": ', '":  '),
  'JSON behind a heading': `Endpoints:\n${JSON_TEXT}`,
  'the answer of HNSCall': `{"Success": true, "Output": ${JSON_TEXT}}`,
  'JSON without a list around it': JSON_TEXT.slice(1, -1),
};

const read = (text: string) =>
  readHnsText(text).objects.flatMap(o => (o.kind ? [HNS_READINGS[o.kind].read(o.raw, {v1: 0})] : []));

for (const [form, text] of Object.entries(FORMS)) {
  test(`an endpoint is read from ${form}`, t => {
    const objects = read(text);
    t.is(objects.length, 1);
    t.like(objects[0], {
      id: ID,
      ips: ['10.244.2.17'],
      remote: true,
      mac: '02-11-0a-f4-02-11',
      network: OTHER,
      networkName: 'vxlan0',
      state: 1,
      policies: {0: {type: 'ProviderAddress', settings: {ProviderAddress: '192.168.10.12'}}},
    });
    t.deepEqual(readHnsText(text).cuts, []);
  });
}

test('a table and the JSON behind it are both read', t => {
  const {objects, cuts} = readHnsText(TABLE_THEN_JSON);
  t.deepEqual(
    objects.map(o => [o.kind, o.line]),
    [
      ['endpoints', 4],
      ['endpoints', 8],
    ],
  );
  t.deepEqual(objects[0]?.raw, {
    IPAddress: '10.244.2.17',
    MacAddress: '02-11-0a-f4-02-11',
    IsRemoteEndpoint: true,
    State: 1,
  });
  t.deepEqual(cuts, []);
});

test('UTF-16, as PowerShell 5.1 redirects, and an OEM code page, as cmd does, give the same', t => {
  const name = LIST.replace('Name               : Ethernet', 'Name               : Größe');
  const utf16 = new Uint8Array(Buffer.from(`\uFEFF${name}`, 'utf16le'));
  t.like(read(decodeText(utf16).text)[0], {name: 'Größe'});
  const oem = Buffer.from(name.replace('Größe', 'Gr\u0094\u00E1e'), 'latin1');
  t.like(read(decodeText(oem, 'cp850').text)[0], {name: 'Größe'});
});

test('hnsdiag in another language is known by its GUIDs', t => {
  const text = [
    'Netzwerke:',
    'Name             ID',
    `cbr0             ${ID}`,
    '',
    'Endpunkte:',
    `Ethernet 2       ${OTHER} cbr0`,
    '',
    `{${ID}} | ${OTHER} ${ID}`,
    `${ID} |  10.96.0.10      | ${OTHER}`,
    `${OTHER} |                  | ${ID}`,
  ].join('\n');
  t.deepEqual(
    readHnsText(text).objects.map(o => [o.kind, o.raw]),
    [
      ['networks', {Name: 'cbr0', ID}],
      ['endpoints', {Name: 'Ethernet 2', ID: OTHER, VirtualNetworkName: 'cbr0'}],
      [
        'namespaces',
        {
          ID: `{${ID}}`,
          ResourceList: [
            {Type: 'Endpoint', Data: {Id: OTHER}},
            {Type: 'Endpoint', Data: {Id: ID}},
          ],
        },
      ],
      ['loadbalancers', {ID, FrontendVIPs: ['10.96.0.10'], HostComputeEndpoints: [OTHER]}],
      ['loadbalancers', {ID: OTHER, FrontendVIPs: [], HostComputeEndpoints: [ID]}],
    ],
  );
});

test('records of hnsdiag are read, one behind another', t => {
  const record = (id: string, vip: string) =>
    `Load Balancer    : ${id}\n  Virtual IPs      : ${vip}\n  Direct IP IDs    : ${OTHER} ${ID}\n`;
  t.deepEqual(
    read(`${record(ID, '172.30.0.1')}\n${record(OTHER, '172.30.0.10')}`).map(o => o && 'vips' in o && o.vips),
    [['172.30.0.1'], ['172.30.0.10']],
  );
});

test('what PowerShell leaves out is named with its line', t => {
  const text = `ID               : ${ID}\nSharedContainers : {a, b, c, d...}\nSubnets          : {@{AddressPrefix=10.0.0.0/8; Policies=System.Object[]}...}\n`;
  const {objects, cuts} = readHnsText(text);
  t.deepEqual(objects[0]?.raw['SharedContainers'], ['a', 'b', 'c', 'd']);
  t.deepEqual(cuts, [
    {line: 2, why: 'list', field: 'SharedContainers'},
    {line: 3, why: 'nested', field: 'Subnets/0/Policies'},
    {line: 3, why: 'list', field: 'Subnets'},
  ]);
});

test('a text that breaks off is read as far as it goes, and the place is named', t => {
  const whole = JSON_TEXT.indexOf('"State"');
  const {objects, cuts} = readHnsText(JSON_TEXT.slice(0, whole + 4));
  t.like(objects[0]?.raw, {ID, Policies: [{Type: 'PA', PA: '192.168.10.12'}]});
  t.deepEqual(
    cuts.map(c => [c.line, c.why]),
    [
      [14, 'ended'],
      [14, 'ended'],
      [14, 'ended'],
    ],
  );
});

test('integers beyond 2^53 stay whole in every form', t => {
  const time = '132178696023852504';
  for (const text of [
    `{"ID": "${ID}", "X": ${time}}`,
    `ID : ${ID}\nX  : ${time}\n`,
    `ID : ${ID}\nX  : @{T=${time}}\n`,
  ])
    t.true(JSON.stringify(readHnsText(text).objects[0]?.raw).includes(`"${time}"`), text);
});
