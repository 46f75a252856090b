import test from 'ava';
import {COLLECTORS} from '../../src/protocol/collectors.ts';
import type {CollectorLine} from '../../src/protocol/lines.ts';
import {Pseudonyms} from '../../src/redact/pseudonyms/pseudonyms.ts';
import {writeRules} from '../../src/redact/rules/wire.ts';
import {collector, file} from '../helpers/agent/collectors.ts';
import {startAgent} from '../helpers/agent/in-process.ts';

const CANARY = 'canary7-Invented';

/** A body with secrets in it, as each kind of file has them. */
function body(name: string): string {
  const secrets = `login password=${CANARY}1 https://u:${CANARY}2@h/x Authorization: Bearer ${CANARY}3`;
  if (name.endsWith('.xml'))
    return `<Events><Event><EventData><Data Name="Password">${CANARY}4</Data><Data>${secrets}</Data></EventData></Event></Events>`;
  if (name.endsWith('.toml')) return `[a]\npassword = "${CANARY}5"\n# ${secrets}\n`;
  if (/\.(?:log|txt)$/.test(name)) return `first\n${secrets}\nlast\n`;
  return JSON.stringify({
    Id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    env: [{name: 'DB_PASSWORD', value: `${CANARY}6`}],
    secrets,
  });
}

const collectors = COLLECTORS.map(({name, files}) =>
  collector(name, async function* () {
    for (const pattern of files) {
      const path = pattern.replaceAll('*', 'x').replace(/\/x$/, '/x.log');
      yield file(path, body(path));
    }
  }),
);

async function snapshot(t: Parameters<typeof startAgent>[0], request: object): Promise<CollectorLine[]> {
  const {client} = await startAgent(t, {collectors});
  const {status, text} = await client.ask('/v1/snapshot', {method: 'POST', body: JSON.stringify(request)});
  t.is(status, 200);
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

test('no secret that any collector reads leaves the node, and identifiers do', async t => {
  const lines = await snapshot(t, {});
  t.true(lines.filter(line => line.ok).length > 25);
  for (const line of lines) {
    t.false(JSON.stringify(line).includes(CANARY), line.key);
    if (!line.ok) continue;
    t.is(line.bytes, Buffer.byteLength(line.body));
    if (line.file.endsWith('.json')) t.is(JSON.parse(line.body).Id, '3f2504e0-4f89-41d3-9a0c-0305e82c3301');
  }
});

test('rules of the user are applied on the node, to the files that they name', async t => {
  const rules = writeRules([
    {rule: 'ids', files: ['host-collectors/win-1/windows/hns/*.json'], value: '3f2504e0'},
    {rule: 'env', files: ['**/system.json'], path: ['env', '0', 'name']},
    {rule: 'words', files: ['**/*.log'], regex: '(?P<drop>first)|(?P<mask>last)'},
  ]);
  const lines = await snapshot(t, {rules});
  const of = (name: string): string => {
    const line = lines.find(one => one.ok && one.file === name);
    return line?.ok === true ? line.body : '';
  };
  t.true(of('hns/networks.json').includes('"***-4f89'));
  t.true(of('processes.json').includes('3f2504e0-4f89'));
  t.is(JSON.parse(of('system.json')).env[0].name, '***');
  t.regex(of('logs/x/x.log'), /^\n.*\n\*\*\*\n$/s);
});

test('with a key nothing leaves the node under its name, nor the names and addresses that the request is about', async t => {
  const planted = collector('logs', async function* () {
    yield file(
      'logs/kubelet/payments_ledger-0.log',
      'win-1 WIN-1 payments/ledger-0 at 10.244.7.5 in 10.244.0.0/16\n',
    );
  });
  const {client} = await startAgent(t, {collectors: [planted]});
  const names = {hosts: [], objects: ['payments', 'ledger']};
  const request = {collectors: ['logs'], pseudonymKey: '5a'.repeat(32), names};
  const {text} = await client.ask('/v1/snapshot', {method: 'POST', body: JSON.stringify(request)});
  t.notRegex(text, /win-1\b|payments|ledger|10\.244\.7\.5/i);
  const line: CollectorLine = JSON.parse(text.split('\n', 1)[0] ?? '');
  t.true(line.ok && line.bytes === Buffer.byteLength(line.body));
  const same = new Pseudonyms({
    key: request.pseudonymKey,
    kinds: ['names', 'ips'],
    names: {hosts: ['win-1'], objects: names.objects},
  });
  t.true(line.ok && line.body.startsWith(same.text('win-1 WIN-1 payments/ledger-0 at 10.244.7.5 ')));
});
