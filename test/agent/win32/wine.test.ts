import {execFileSync} from 'node:child_process';
import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import type {CollectedFile, MissingFile} from '../../../agent/collect/collector.ts';
import type {
  AdapterFacts,
  PortFacts,
  ProcessFacts,
  RegistryFacts,
  RouteFacts,
  ServiceFacts,
  SystemFacts,
} from '../../../src/protocol/node-facts.ts';
import {putProgram} from '../../helpers/stub-program.ts';
import {wine, wineEnv} from '../../helpers/wine-template.ts';
import {packagedExe, runExe, winePrefix} from '../../helpers/wine.ts';
import type {WinePrefix} from '../../helpers/wine.ts';
import {DYNAMIC_PORTS, EXCLUDED_PORTS, TIME_STATUS} from './recorded.ts';

const POWERSHELL = 'WindowsPowerShell\\v1.0\\powershell.exe';
const SERVICES = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';

interface Made {
  files: Map<string, CollectedFile & MissingFile>;
  /** The JSON in a file. */
  json: (file: string) => unknown;
}

/** Runs collectors in the packaged program, in a Windows of their own. */
async function collect(t: ExecutionContext, prefix: WinePrefix, names: readonly string[]): Promise<Made> {
  const {code, stdout, stderr} = await runExe(prefix, names, {
    exe: await packagedExe('test/agent/programs/windows.ts'),
  });
  t.is(code, 0, stderr);
  const made = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as CollectedFile & MissingFile);
  const files = new Map(made.map(file => [file.file, file]));
  return {files, json: file => JSON.parse(files.get(file)?.body ?? 'null')};
}

function reg(prefix: WinePrefix, args: readonly string[]): void {
  execFileSync(wine(), ['reg', ...args], {env: wineEnv(prefix.path), stdio: 'ignore'});
}

interface Link {
  ifname: string;
  mtu: number;
  address: string;
}

/** Ethernet interfaces of this machine, as `ip` lists them. */
function ethernetLinks(): Link[] {
  const listed = JSON.parse(execFileSync('ip', ['-j', 'link'], {encoding: 'utf8'})) as (Link & {
    link_type: string;
  })[];
  return listed
    .filter(link => link.link_type === 'ether')
    .map(({ifname, mtu, address}) => ({ifname, mtu, address}));
}

test('a Windows tells its build, memory, disks, time and what PowerShell adds', async t => {
  const prefix = await winePrefix(t);
  const powershell = await putProgram(prefix, POWERSHELL);
  powershell.always(
    JSON.stringify({
      hotfixes: {items: ['KB5044281', 'KB5012170']},
      features: {hresult: -2_146_233_088, cim: 'AccessDenied', message: 'Zugriff verweigert'},
    }),
  );
  (await putProgram(prefix, 'w32tm.exe')).always(TIME_STATUS.German);
  const key = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
  reg(prefix, ['add', key, '/v', 'UBR', '/t', 'REG_DWORD', '/d', '2762', '/f']);
  reg(prefix, ['add', key, '/v', 'InstallationType', '/d', 'Server Core', '/f']);
  const {files, json} = await collect(t, prefix, ['system']);
  const system = json('system.json') as SystemFacts;
  t.true((system.build ?? 0) > 10_000);
  t.like(system, {
    ubr: 2762,
    installationType: 'Server Core',
    hotfixes: ['KB5012170', 'KB5044281'],
    features: null,
    rebootPending: [],
    certificates: [],
  });
  t.is(system.time?.stratum, 4);
  const {memory, commit, disks} = system;
  t.true(memory && memory.total > memory.available && memory.available > 0);
  t.true(commit && commit.limit > commit.charge && commit.charge > 0);
  const c = disks?.find(disk => disk.name === 'C:');
  t.true(c && c.size > c.free && c.free > 0);
  t.true(Date.parse(system.bootTime ?? '') < Date.parse(system.now));
  t.is(files.get('system.json')?.partial?.reason, 'denied');
  t.regex(files.get('system.json')?.partial?.detail ?? '', /^features: .*Zugriff verweigert/);
  t.is(powershell.calls().length, 1);
});

test('services come with their process, drivers only those of container networks', async t => {
  const prefix = await winePrefix(t);
  const driver = `${SERVICES}\\vfpext`;
  for (const [name, value] of [
    ['Type', '1'],
    ['Start', '3'],
    ['ErrorControl', '1'],
  ] as const)
    reg(prefix, ['add', driver, '/v', name, '/t', 'REG_DWORD', '/d', value, '/f']);
  reg(prefix, ['add', driver, '/v', 'DisplayName', '/d', 'Azure VFP Switch Extension', '/f']);
  reg(prefix, ['add', driver, '/v', 'ImagePath', '/d', 'C:\\windows\\system32\\drivers\\vfpext.sys', '/f']);
  const services = (await collect(t, prefix, ['services'])).json('services.json') as ServiceFacts[];
  const named = (name: string) => services.find(service => service.name.toLowerCase() === name);
  const log = named('eventlog');
  t.like(log, {state: 'Running', startType: 'Automatic'});
  t.true((log?.pid ?? 0) > 0 && (log?.threads ?? 0) > 0);
  t.true(Date.parse(log?.startedAt ?? '') > 0);
  t.like(named('bits'), {state: 'Stopped', startType: 'Manual', pid: null, startedAt: null, threads: null});
  t.like(named('vfpext'), {displayName: 'Azure VFP Switch Extension', state: 'Stopped', startType: 'Manual'});
  t.is(named('mountmgr'), undefined);
});

test('processes are listed with their start and threads, their arguments never', async t => {
  const prefix = await winePrefix(t);
  const {json, files} = await collect(t, prefix, ['processes', 'secret=hunter2']);
  const processes = json('processes.json') as ProcessFacts[];
  const services = processes.find(process => process.image === 'services.exe');
  t.true((services?.threads ?? 0) > 0 && Date.parse(services?.startedAt ?? '') > 0);
  t.true(processes.every(process => process.flags === null));
  t.false(files.get('processes.json')?.body.includes('hunter2'));
});

test('adapters and routes are those of the machine', async t => {
  const prefix = await winePrefix(t);
  const before = ethernetLinks();
  const {json} = await collect(t, prefix, ['net.adapters', 'net.routes']);
  const after = ethernetLinks();
  const adapters = json('net/adapters.json') as AdapterFacts[];
  const loopback = adapters.find(adapter => adapter.addresses.includes('127.0.0.1/8'));
  t.like(loopback, {status: 'up', compartment: 1, mac: ''});
  // Other tests make and remove interfaces meanwhile: what is the same before and after was there all the time.
  for (const {ifname, mtu, address} of before.filter(link =>
    after.some(other => isDeepStrictEqual(link, other)),
  ))
    t.like(
      adapters.find(adapter => adapter.name === ifname),
      {mtu, mac: address.replaceAll(':', '-')},
    );
  const routes = json('net/routes.json') as RouteFacts[];
  t.true(routes.length > 0);
  t.true(routes.every(route => /^[\da-f.:]+\/\d+$/.test(route.destination) && route.compartment === 1));
});

test('values of the registry come by type, keys that do not exist are absent', async t => {
  const prefix = await winePrefix(t);
  const state = `${SERVICES}\\hns\\State`;
  const values = [
    ['EnableCompartmentNamespace', 'REG_DWORD', '1'],
    ['Text', 'REG_SZ', 'Ethernet 以太网'],
    ['Bytes', 'REG_BINARY', '00ff10'],
    ['Both', 'REG_MULTI_SZ', 'a\\0b'],
  ];
  for (const [name = '', type = '', data = ''] of values)
    reg(prefix, ['add', state, '/v', name, '/t', type, '/d', data, '/f']);
  const override = 'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FeatureManagement\\Overrides';
  reg(prefix, ['add', override, '/v', '140377743', '/t', 'REG_DWORD', '/d', '4294967295', '/f']);
  reg(prefix, ['add', `${SERVICES}\\vmsmp\\parameters\\SwitchList\\A`, '/v', 'Name', '/d', 'External', '/f']);
  reg(prefix, ['add', `${SERVICES}\\Tcpip6\\Parameters`, '/v', 'Other', '/d', 'x', '/f']);
  const facts = (await collect(t, prefix, ['registry.hns'])).json('registry/hns.json') as RegistryFacts;
  t.deepEqual(facts[state], {
    EnableCompartmentNamespace: 1,
    Text: 'Ethernet 以太网',
    Bytes: '00ff10',
    Both: ['a', 'b'],
  });
  t.deepEqual(facts[override], {'140377743': 4_294_967_295});
  t.deepEqual(facts[`${SERVICES}\\vmsmp\\parameters\\SwitchList\\A`], {Name: 'External'});
  t.deepEqual(facts[`${SERVICES}\\Tcpip6\\Parameters`], {});
  t.false(`${SERVICES}\\VfpExt\\Parameters` in facts);
});

test('free blocks of ports come from netsh and the sockets of the system', async t => {
  const prefix = await winePrefix(t);
  const netsh = await putProgram(prefix, 'netsh.exe');
  for (const protocol of ['tcp', 'udp']) {
    const show = ['interface', 'ipv4', 'show'];
    netsh.answer([...show, 'dynamicport', `protocol=${protocol}`], DYNAMIC_PORTS.German);
    netsh.answer(
      [...show, 'excludedportrange', `protocol=${protocol}`],
      protocol === 'tcp' ? EXCLUDED_PORTS.Japanese : EXCLUDED_PORTS.English.replaceAll(/^ +\d.*$/gm, ''),
    );
  }
  const {files, json} = await collect(t, prefix, ['net.ports']);
  const ports = json('net/ports.json') as PortFacts;
  t.is(files.get('net/ports.json')?.partial, undefined);
  t.deepEqual(ports.dynamicRange, {protocol: 'tcp', start: 49152, count: 16384});
  t.is(ports.excludedRanges.length, 4);
  t.true((ports.freeBlocks64 ?? 999) <= 256 && (ports.freeBlocks64 ?? 0) > 0);
  t.true(typeof ports.used === 'number' && typeof ports.udpUsed === 'number');
  t.is(netsh.calls().length, 4);
});

test('tasks and Defender come through PowerShell in UTF-8', async t => {
  const prefix = await winePrefix(t);
  (await putProgram(prefix, POWERSHELL)).always(
    JSON.stringify({
      tasks: {
        items: [
          {
            path: '\\k8s-restart-job',
            state: 3,
            lastRun: '2026-11-29T08:00:00.0000000Z',
            lastResult: -2_147_024_894,
          },
          {path: '\\Größe', state: 1, lastRun: '1999-11-29T23:00:00.0000000Z', lastResult: 267_011},
        ],
      },
      status: {items: [{AntivirusEnabled: true, RealTimeProtectionEnabled: false, AMRunningMode: 'Normal'}]},
      preference: {items: [{ExclusionPath: ['C:\\ProgramData\\containerd'], ExclusionProcess: null}]},
    }),
  );
  const {json} = await collect(t, prefix, ['tasks', 'defender']);
  t.deepEqual(json('tasks.json'), [
    {
      path: '\\k8s-restart-job',
      state: 'Ready',
      lastRun: '2026-11-29T08:00:00.0000000Z',
      lastResult: 0x8007_0002,
    },
    {path: '\\Größe', state: 'Disabled', lastRun: null, lastResult: 267_011},
  ]);
  t.deepEqual(json('defender.json'), {
    status: {antivirusEnabled: true, realTimeProtection: false, runningMode: 'Normal'},
    exclusions: {paths: ['C:\\ProgramData\\containerd'], processes: [], extensions: []},
  });
});
