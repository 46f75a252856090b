import {copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import {elementTexts} from '../../../agent/hcn/raw-json.ts';
import {tempDir} from '../../helpers/archives.ts';
import {objectAnswers, putStub, stubReports, v1Answer, writeAnswers} from '../../helpers/stub.ts';
import type {Answers} from '../../helpers/stub.ts';
import {testWithSample} from '../../helpers/samples.ts';
import {agentExe, packagedExe, runExe, winePrefix, winPath} from '../../helpers/wine.ts';

const [A, B, C] = [
  'aaaaaaaa-0123-4567-89ab-cdef01234567',
  'BBBBBBBB-0123-4567-89AB-CDEF01234567',
  'cccccccc-0123-4567-89ab-cdef01234567',
];

type Made = CollectedFile & MissingFile;

/** Runs the real program in a Windows with the stub's DLLs, which answer as given. */
async function collect(
  t: ExecutionContext,
  names: readonly string[],
  answers: Answers,
  without: readonly string[] = [],
) {
  const prefix = await winePrefix(t);
  await putStub(prefix, {without});
  const folder = tempDir(t);
  writeAnswers(folder, answers);
  const exe = await packagedExe('test/agent/programs/hns.ts');
  const run = await runExe(prefix, ['deadline=60000', ...names], {
    exe,
    env: {KUBECTL_WIN_STUB_DIR: winPath(folder)},
  });
  t.is(run.code, 0, run.stderr);
  const files = run.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Made);
  return {byFile: new Map(files.map(file => [file.file, file])), reports: stubReports(folder), prefix};
}

/** Whatever was handed out has been freed, once, and every handle closed, once; nothing was to be changed. */
function assertBalanced(t: ExecutionContext, reports: ReturnType<typeof stubReports>): void {
  for (const report of reports) {
    t.is(report.freed, report.allocated);
    t.is(report.closed, report.opened);
    t.like(report, {foreign: 0, stale: 0, writes: 0});
  }
}

/** A process of the machine whose environment names this prefix. */
function processesOf(prefix: string): string[] {
  return readdirSync('/proc').filter(pid => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`WINEPREFIX=${prefix}\0`)
      );
    } catch {
      return false;
    }
  });
}

const object = (id: string) => `{"ID":"${id}","Flags":9007199254740993,"Name":"vEthernet (以太网)"}`;

const KINDS = [
  ['networks', 'network', 'v1-networks'],
  ['endpoints', 'endpoint', 'v1-endpoints'],
  ['loadbalancers', 'loadbalancer', 'v1-policylists'],
  ['namespaces', 'namespace', 'v1-namespaces'],
] as const;

test('every family comes back whole: ids in any spelling, 64-bit integers, names in any script', async t => {
  const answers: Answers = {
    ...v1Answer('globals.version', '{"Major":13,"Minor":3}'),
    ...v1Answer('portpools', '{"a":1}'),
    ...objectAnswers('sdnroute', {}),
    'hcs/systems.json': '[{"Id":"c1","SystemType":"Container"}]',
  };
  for (const [, kind, v1] of KINDS) {
    Object.assign(answers, objectAnswers(kind, {[A ?? '']: object('a'), [B ?? '']: object('b')}));
    Object.assign(answers, v1Answer(v1.slice(3), '[{"ID":"a","LastUpdateTime":132062690972642312}]'));
  }
  const names = ['version', ...KINDS.map(([family]) => family), 'sdnroutes', 'portpools', 'errors'];
  const {byFile, reports} = await collect(t, [...names.map(name => `hns.${name}`), 'hcs.systems'], answers);
  t.is(byFile.get('hns/version.json')?.body, '{"Major":13,"Minor":3}');
  t.is(byFile.get('hns/portpools.json')?.body, '{"a":1}');
  t.is(byFile.get('hns/sdnroutes.json')?.body, '[]');
  t.is(byFile.get('hns/errors.json')?.body, '[]');
  t.is(byFile.get('hcs/systems.json')?.body, '[{"Id":"c1","SystemType":"Container"}]');
  for (const [family, , v1] of KINDS) {
    t.is(byFile.get(`hns/${family}.json`)?.body, `[${object('a')},\n${object('b')}]`);
    t.is(byFile.get(`hns/${v1}.json`)?.body, '[{"ID":"a","LastUpdateTime":132062690972642312}]');
  }
  t.is(reports.length, 8);
  assertBalanced(t, reports);
});

test('vanished objects are skipped, broken ones named, and nothing leaks on any path of failure', async t => {
  const objects = {[A ?? '']: object('a'), [B ?? '']: object('b'), [C ?? '']: object('c')};
  const record = '{"Success":false,"Error":"The switch-port was not found. ","ErrorCode":2151350279}';
  const {byFile, reports} = await collect(
    t,
    ['hns.endpoints', 'hns.networks', 'hns.loadbalancers', 'hns.errors', 'hcs.systems'],
    {
      ...objectAnswers('endpoint', objects),
      [`endpoint/${A}.open.fault`]: '0x803b0002 {"Success":false,"Error":"gone","ErrorCode":2151350274}',
      [`endpoint/${B?.toLowerCase()}.fault`]: `0x803b0007 ${record}`,
      ...v1Answer('endpoints', '[]'),
      'network/enumerate.fault':
        '0x80070005 {"Success":false,"Error":"Access is denied. ","ErrorCode":2147942405}',
      'v1/networks.json': record,
      ...objectAnswers('loadbalancer', {'no-guid': '{}', [C ?? '']: object('c')}),
      'hcs/systems.fault': '0x80370118 {"Error":-2143878888,"ErrorMessage":"timed out"}',
    },
  );
  t.is(byFile.get('hns/endpoints.json')?.body, `[${object('c')}]`);
  t.regex(byFile.get('hns/endpoints.json')?.partial?.detail ?? '', /^1 of 2 objects could not be read/);
  t.like(byFile.get('hns/networks.json')?.missing, {
    reason: 'denied',
    detail: 'HcnEnumerateNetworks: E_ACCESSDENIED (0x80070005): Access is denied.',
  });
  t.like(byFile.get('hns/v1-networks.json')?.missing, {
    reason: 'failed',
    detail: 'HNSCall GET /networks/: HCN_E_PORT_NOT_FOUND (0x803b0007): The switch-port was not found.',
  });
  t.like(byFile.get('hns/v1-policylists.json')?.missing, {
    reason: 'failed',
    detail: 'HNSCall GET /policylists/: ERROR_NOT_FOUND (0x80070490): Element not found.',
  });
  t.is(byFile.get('hcs/systems.json')?.missing.reason, 'timeout');
  t.deepEqual(JSON.parse(byFile.get('hns/errors.json')?.body ?? ''), [
    {
      query: `HcnQueryEndpointProperties ${B}`,
      hresult: '0x803b0007',
      code: 0x803b_0007,
      message: 'The switch-port was not found.',
    },
    {
      query: 'HcnOpenLoadBalancer no-guid',
      hresult: '0x803b0019',
      code: 0x803b_0019,
      message: 'HNS listed no-guid, which is no GUID',
    },
  ]);
  t.is(reports.length, 4);
  assertBalanced(t, reports);
});

test('a wedged HNS costs one deadline; what it had said is kept, and no process is left', async t => {
  const {byFile, prefix} = await collect(t, ['deadline=10000', 'hns.endpoints', 'hns.version'], {
    ...v1Answer('endpoints', '[{"ID":"a"}]'),
    ...objectAnswers('endpoint', {[A ?? '']: object('a'), [C ?? '']: object('c')}),
    [`endpoint/${C}.fault`]: 'hang',
    ...v1Answer('globals.version', '{"Major":13,"Minor":3}'),
  });
  const hung = {reason: 'timeout', detail: 'HNS did not answer within 10000 ms'} as const;
  t.like(byFile.get('hns/v1-endpoints.json'), {body: '[{"ID":"a"}]', partial: undefined});
  t.like(byFile.get('hns/endpoints.json'), {body: `[${object('a')}]`, partial: hung});
  t.is(byFile.get('hns/version.json')?.body, '{"Major":13,"Minor":3}');
  const programs = processesOf(prefix.path).filter(pid => {
    const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
    return command.includes('kubectl-win-agent');
  });
  t.deepEqual(programs, []);
});

test('a DLL that crashes costs its family, and the way it ended is told', async t => {
  const {byFile} = await collect(t, ['hns.namespaces', 'hns.version'], {
    'v1/namespaces.fault': 'crash',
    ...v1Answer('globals.version', '{"Major":13,"Minor":3}'),
  });
  t.like(byFile.get('hns/namespaces.json')?.missing, {
    reason: 'failed',
    detail: 'the process that asked HNS ended with STATUS_ACCESS_VIOLATION (0xc0000005)',
  });
  t.is(byFile.get('hns/version.json')?.body, '{"Major":13,"Minor":3}');
});

test('a Windows without the DLLs is told apart, and the other API is asked all the same', async t => {
  const answers = {...v1Answer('networks', '[{"ID":"a"}]')};
  const {byFile} = await collect(t, ['hns.networks', 'hcs.systems'], answers, [
    'computenetwork.dll',
    'computecore.dll',
  ]);
  t.is(byFile.get('hns/v1-networks.json')?.body, '[{"ID":"a"}]');
  t.like(byFile.get('hns/networks.json')?.missing, {
    reason: 'unsupported',
    detail: String.raw`this Windows has no C:\windows\system32\computenetwork.dll`,
  });
  t.is(byFile.get('hcs/systems.json')?.missing.reason, 'unsupported');
});

/** Objects of about the size of a load balancer's, with made-up ids. */
function many(count: number): Record<string, string> {
  const ids = Array.from(
    {length: count},
    (_, i) => `${i.toString(16).padStart(8, '0')}-0123-4567-89ab-cdef01234567`,
  );
  return Object.fromEntries(ids.map(id => [id, JSON.stringify({ID: id, Padding: 'x'.repeat(1500)})]));
}

test('DLLs that lie in the working folder, on the PATH or below a SystemRoot of the environment are never loaded', async t => {
  const prefix = await winePrefix(t);
  await putStub(prefix);
  const system = join(prefix.driveC, 'windows', 'system32');
  for (const place of ['', 'evil', 'evil/system32']) {
    mkdirSync(join(prefix.driveC, place), {recursive: true});
    for (const name of ['computenetwork.dll', 'kubectlwinstub.dll'])
      copyFileSync(join(system, name), join(prefix.driveC, place, name));
  }
  rmSync(join(system, 'computenetwork.dll'));
  const folder = tempDir(t);
  writeAnswers(folder, objectAnswers('network', {[A ?? '']: object('a')}));
  const {stdout} = await runExe(prefix, ['deadline=60000', 'hns.networks'], {
    exe: await packagedExe('test/agent/programs/hns.ts'),
    env: {
      KUBECTL_WIN_STUB_DIR: winPath(folder),
      SystemRoot: 'C:\\evil',
      windir: 'C:\\evil',
      WINEPATH: 'C:\\evil;C:\\evil\\system32',
    },
  });
  t.regex(stdout, /"hns\/networks.json".*this Windows has no C:.*system32/);
});

test('300 load balancers and 110 endpoints come whole', async t => {
  const {byFile, reports} = await collect(t, ['hns.endpoints', 'hns.loadbalancers'], {
    ...objectAnswers('endpoint', many(110)),
    ...objectAnswers('loadbalancer', many(300)),
  });
  t.deepEqual(
    JSON.parse(byFile.get('hns/loadbalancers.json')?.body ?? ''),
    Object.values(many(300)).map(text => JSON.parse(text)),
  );
  t.is((JSON.parse(byFile.get('hns/endpoints.json')?.body ?? '') as unknown[]).length, 110);
  assertBalanced(t, reports);
});

test('the agent itself is the child of a family, and of nothing that it does not know', async t => {
  const prefix = await winePrefix(t);
  await putStub(prefix);
  const folder = tempDir(t);
  writeAnswers(folder, v1Answer('globals.version', '{"Major":15,"Minor":4}'));
  const options = {exe: await agentExe(), env: {KUBECTL_WIN_STUB_DIR: winPath(folder)}};
  const version = await runExe(prefix, ['child', 'hns.version'], options);
  t.is(version.code, 0, version.stderr);
  t.is(
    version.stdout.split('\n')[0],
    JSON.stringify({event: 'text', file: 'hns/version.json', text: '{"Major":15,"Minor":4}'}),
  );
  for (const name of ['hns.everything', 'toString', '../x'])
    t.is((await runExe(prefix, ['child', name], options)).code, 2);
});

const SAMPLE = 'hns/hnscall-get-networks-flannel-overlay-and-nat-ws2019.json';
testWithSample(
  'the networks of a real node pass through the real program unchanged',
  SAMPLE,
  async (t, response) => {
    const {byFile} = await collect(t, ['hns.networks'], {'v1/networks.json': response});
    const body = byFile.get('hns/v1-networks.json')?.body ?? '';
    t.deepEqual(JSON.parse(body), (JSON.parse(response) as {Output: unknown}).Output);
    for (const element of elementTexts(body)) t.true(response.includes(element));
  },
);
