import type {SystemFacts, TimeFacts} from '../../src/protocol/node-facts.ts';
import type {Collector} from '../collect/collector.ts';
import {WINDOWS_CERTIFICATES} from '../host/certificate-paths.ts';
import {readCertificates} from '../host/certificates.ts';
import {Gaps} from '../host/gaps.ts';
import {jsonFile} from '../host/json-file.ts';
import type {WindowsPorts} from './ports.ts';
import {askPowerShell, itemsOf} from './powershell.ts';
import type {PartAnswers} from './powershell.ts';
import type {SystemNow} from './questions.ts';
import {rebootReasons} from './reboot.ts';
import {SYSTEM32, systemEnvironment} from './system-programs.ts';
import {parseTimeStatus} from './w32tm.ts';
import type {Windows} from './windows.ts';

/**
 * No function of Windows tells these. Win32_OptionalFeature covers the roles of servers too, under names that no language
 * changes; those of Win32_ServerFeature are translated.
 */
const CIM_PARTS = [
  {
    key: 'hotfixes',
    ask: `Get-CimInstance -ClassName Win32_QuickFixEngineering -Property HotFixID | ForEach-Object { $_.HotFixID }`,
  },
  {
    key: 'features',
    ask: `Get-CimInstance -ClassName Win32_OptionalFeature -Property Name -Filter 'InstallState=1' | ForEach-Object { $_.Name }`,
  },
];

const CURRENT_VERSION = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const SOURCE =
  'RtlGetVersion, GlobalMemoryStatusEx, GetPerformanceInfo, GetDiskFreeSpaceEx, registry, CIM, w32tm';
const W32TM_DEADLINE_MS = 3000;
const MAX_OUTPUT = 64 * 1024;

/** Makes `system.json`; what cannot be had is null there and said in `partial`. */
export function systemCollector({ask, run}: WindowsPorts): Collector {
  return {
    name: 'system',
    // More than PowerShell's own deadline.
    timeoutMs: 20_000,
    maxBytes: 1024 * 1024,
    async *collect({signal}) {
      const gaps = new Gaps();
      const [now, disks, cim, time, {certificates, unread}] = await Promise.all([
        ask('system', signal),
        gaps.soon('disks', ask('volumes', signal)),
        gaps.soon('hotfixes and features', askPowerShell(run, CIM_PARTS, signal)),
        gaps.soon('time', timeStatus(run, signal)),
        readCertificates(WINDOWS_CERTIFICATES),
      ]);
      if (now.partial) gaps.add('system', now.partial);
      if (unread.length > 0) gaps.add('certificates', {reason: 'failed', detail: unread.join(', ')});
      const value: SystemFacts = {
        ...now.value,
        kernel: null,
        hotfixes: namesOf(cim, 'hotfixes', gaps),
        features: namesOf(cim, 'features', gaps),
        disks: disks?.value ?? null,
        time,
        certificates,
      };
      yield jsonFile('system.json', {value, source: SOURCE, ...gaps.partial()});
    },
  };
}

/** What Windows itself tells of its version, its time and its memory. */
export function systemNow(windows: Windows, gaps: Gaps): SystemNow {
  // RtlGetVersion tells no revision: that and the names are in the registry only.
  const key = gaps.fact('version', () => windows.registryKey(CURRENT_VERSION));
  const {ProductName: name, UBR: ubr, EditionID: edition, InstallationType: type} = key?.values ?? {};
  return {
    productName: typeof name === 'string' ? name : null,
    build: windows.build(),
    ubr: typeof ubr === 'number' ? ubr : null,
    edition: typeof edition === 'string' ? edition : null,
    installationType: typeof type === 'string' ? type : null,
    bootTime: isoSecond(Date.now() - windows.uptime()),
    now: new Date().toISOString(),
    timeZone: windows.timeZone(),
    memory: gaps.fact('memory', () => windows.memory()),
    commit: gaps.fact('commit', () => windows.commit()),
    rebootPending: gaps.fact('rebootPending', () => rebootReasons(windows)),
  };
}

function namesOf(cim: PartAnswers | null, key: string, gaps: Gaps): string[] | null {
  const items = cim && gaps.fact(key, () => itemsOf(cim, key));
  return items?.filter(item => typeof item === 'string').sort() ?? null;
}

async function timeStatus(run: WindowsPorts['run'], signal: AbortSignal): Promise<TimeFacts> {
  const {stdout} = await run({
    file: `${SYSTEM32}\\w32tm.exe`,
    args: ['/query', '/status'],
    env: systemEnvironment(),
    signal,
    deadlineMs: W32TM_DEADLINE_MS,
    maxBytes: MAX_OUTPUT,
  });
  return parseTimeStatus(stdout.toString('latin1'));
}

/** The uptime is exact to 16 ms and read a moment after the clock: more digits would differ between two looks. */
function isoSecond(at: number): string {
  return new Date(Math.round(at / 1000) * 1000).toISOString();
}
