import test from 'ava';
import {
  readDynamicPorts,
  readExcludedPorts,
  readReservedPorts,
} from '../../../../src/parse/windows-text/ports.ts';
import {readPrintedRuntime} from '../../../../src/parse/windows-text/runtime.ts';
import {readPrintedServices} from '../../../../src/parse/windows-text/services.ts';
import {readPrintedSystem} from '../../../../src/parse/windows-text/system.ts';

const SERVICES = `
Status   Name               DisplayName
------   ----               -----------
Running  containerd         containerd
Stopped  kubelet            kubelet
Running  verylongservice... A service whose name does not fit


`;

test('services are read from a table; one whose name did not fit is nobody', t => {
  t.deepEqual(readPrintedServices(SERVICES), [
    {name: 'containerd', displayName: 'containerd', state: 'Running'},
    {name: 'kubelet', displayName: 'kubelet', state: 'Stopped'},
  ]);
});

test('services are read from a list with CR LF', t => {
  const list = `\n\nName                : hns\nDisplayName         : Host Network Service\nStatus              : Running\nDependentServices   : {}\nCanStop             : True\n\nName                : kubelet\nDisplayName         : kubelet\nStatus              : StopPending\n\n`;
  t.deepEqual(readPrintedServices(list.replaceAll('\n', '\r\n')), [
    {name: 'hns', displayName: 'Host Network Service', state: 'Running'},
    {name: 'kubelet', displayName: 'kubelet', state: 'StopPending'},
  ]);
});

test('a text without services has none', t => {
  t.deepEqual(readPrintedServices(''), []);
  t.deepEqual(readPrintedServices('Get-Service : access denied\n'), []);
});

const SYSTEM_INFO = `
Host Name:                 EC2AMAZ-1234567
OS Name:                   Microsoft Windows Server 2022 Datacenter
OS Version:                10.0.20348 N/A Build 20348
OS Manufacturer:           Microsoft Corporation
Hotfix(s):                 2 Hotfix(s) Installed.
                           [01]: KB5041160
                           [02]: KB5020374
`;

test('build and updates are read from systeminfo in any language', t => {
  const expected = {
    productName: 'Windows Server 2022 Datacenter',
    build: 20348,
    hotfixes: ['KB5041160', 'KB5020374'],
  };
  t.deepEqual(readPrintedSystem(SYSTEM_INFO), expected);
  const german = SYSTEM_INFO.replace('OS Name:   ', 'Betriebssystemname:').replace(
    'OS Version:',
    'Betriebssystemversion:',
  );
  t.deepEqual(readPrintedSystem(german.replace('N/A Build', 'Nicht zutreffend Build')), expected);
});

test('build and updates are read from OSVersion and Get-HotFix', t => {
  const text = `Microsoft Windows NT 10.0.17763.0\n\n\n\nSource  Description  HotFixID   InstalledBy  InstalledOn\n------  -----------  --------   -----------  -----------\nWIN-1   Update       KB5036896               4/9/2026 12:00:00 AM\n`;
  t.deepEqual(readPrintedSystem(text), {build: 17763, hotfixes: ['KB5036896']});
  t.is(readPrintedSystem('<No hotfix>'), undefined);
});

test('the version of a runtime is read; of ctr the one of the server', t => {
  const ctr =
    'Client:\n  Version:  v1.7.11\n  Revision: 1\n\nServer:\n  Version:  v1.7.20\n  Revision: 2\n  UUID: 3\n';
  t.deepEqual(readPrintedRuntime(ctr), {runtimeName: 'containerd', runtimeVersion: 'v1.7.20'});
  t.is(
    readPrintedRuntime('containerd github.com/containerd/containerd v1.6.28 ae71819c\r\n')?.runtimeVersion,
    'v1.6.28',
  );
  t.is(
    readPrintedRuntime('containerd github.com/containerd/containerd/v2 2.1.4 75cb2b71')?.runtimeVersion,
    'v2.1.4',
  );
  t.is(readPrintedRuntime("'ctr' is not recognized"), undefined);
});

const EXCLUDED = `
Protocol tcp Port Exclusion Ranges

Start Port    End Port
----------    --------
      5985        5985
     50000       50059     *

* - Administered port exclusions.


Protocol udp Port Exclusion Ranges

Start Port    End Port
----------    --------
     60000       60059     *
`;

test('ranges of ports that are taken are those of TCP alone', t => {
  t.deepEqual(readExcludedPorts(EXCLUDED.replaceAll('\n', '\r\n')), {
    excludedRanges: [
      {protocol: 'tcp', start: 5985, end: 5985, administered: false},
      {protocol: 'tcp', start: 50_000, end: 50_059, administered: true},
    ],
  });
  t.is(readExcludedPorts('The requested operation requires elevation.'), undefined);
});

test('the dynamic range is that of TCP, which is printed first', t => {
  const text = `\nProtokoll tcp Dynamischer Portbereich\n---------------------------------\nStartport              : 49152\nAnzahl von Ports       : 16384\n\n\nProtokoll udp Dynamischer Portbereich\n---------------------------------\nStartport              : 1024\nAnzahl von Ports       : 100\n`;
  t.deepEqual(readDynamicPorts(text), {dynamicRange: {start: 49_152, count: 16_384}});
  t.is(readDynamicPorts(''), undefined);
});

test('free blocks of 64 ports are read as collectlogs.ps1 says them', t => {
  const some =
    'Rough estimation of the ephemeral port availability: up to 212 allocations of 64 contiguous TCP ports may be possible';
  t.deepEqual(readReservedPorts(some), {freeBlocks64: 212});
  t.deepEqual(readReservedPorts('ERROR: Running out of ephemeral ports. The ephemeral ports range…'), {
    freeBlocks64: 0,
  });
  t.is(readReservedPorts(''), undefined);
});
