/** An event of Windows that an operator meets: number, who reports it and where, what it means for pods and nodes. */
export type EventRow = readonly [id: number, provider: string, channel: string, meaning: string];

/** When the sources were read. */
export const checkedAt = '2026-11-29';

/**
 * Where the meanings are from: Microsoft's pages on Service Control Manager, gMSA and unexpected restarts, the manifests of the
 * providers, and events quoted in issues of microsoft/Windows-Containers, microsoft/hcsshim and microsoft/WSL.
 */
export const EVENT_LINKS: readonly string[] = [
  'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/gmsa-troubleshooting',
  'https://learn.microsoft.com/troubleshoot/windows-server/performance/troubleshoot-unexpected-reboots-system-event-logs',
  'https://github.com/Azure/AgentBaker/blob/master/staging/cse/windows/debug/collect-windows-logs.ps1',
];

const HCS = 'Hyper-V-Compute';
const HCS_CHANNEL = 'Microsoft-Windows-Hyper-V-Compute-Admin';
const HCS_OPERATIONAL = 'Microsoft-Windows-Hyper-V-Compute-Operational';
const HNS = 'Host-Network-Service';
const HNS_CHANNEL = 'Microsoft-Windows-Host-Network-Service-Admin';
const CCG = 'Containers-CCG';
const CCG_CHANNEL = 'Microsoft-Windows-Containers-CCG/Admin';
const SCM = 'Service Control Manager';
const SYSTEM = 'System';
const APPLICATION = 'Application';

/** Ascending by number; one number means something else for each provider. */
export const EVENTS: readonly EventRow[] = [
  [1, CCG, CCG_CHANNEL, 'the gMSA plug-in was loaded and gave credentials'],
  [
    1,
    'Containers-Wcifs, Containers-BindFlt',
    'Operational',
    'the filter of container files failed; Error holds an NTSTATUS',
  ],
  [2, CCG, CCG_CHANNEL, 'credentials of the group managed service account were fetched'],
  [3, CCG, CCG_CHANNEL, 'the credential spec is not valid'],
  [
    3,
    'Containers-Wcifs, Containers-BindFlt',
    'Operational',
    'the filter of container files failed on a volume; Error holds an NTSTATUS',
  ],
  [
    4,
    CCG,
    CCG_CHANNEL,
    'the gMSA plug-in that the credential spec names could not be loaded: it is not installed on the node, or not registered',
  ],
  [
    6,
    CCG,
    CCG_CHANNEL,
    'the gMSA plug-in could not fetch the credentials that it needs: look at its own log',
  ],
  [7, CCG, CCG_CHANNEL, 'the credentials could not be fetched again when they were due'],
  [7, 'disk', SYSTEM, 'the disk has a bad block'],
  [
    8,
    CCG,
    CCG_CHANNEL,
    'Active Directory did not give the password of the account: DNS, ports of the domain controllers, and who may retrieve the password',
  ],
  [11, 'disk', SYSTEM, 'the disk controller reported an error'],
  [
    41,
    'Kernel-Power',
    SYSTEM,
    'the node started without having been shut down; BugcheckCode, in decimal, is 0 where there was no blue screen',
  ],
  [51, 'disk', SYSTEM, 'an error while memory was paged to or from the disk'],
  [55, 'Ntfs', SYSTEM, 'the file system is corrupt: `chkdsk`'],
  [129, 'storahci, stornvme, vhdmp', SYSTEM, 'the disk did not answer and was reset'],
  [153, 'disk', SYSTEM, 'an operation on the disk was tried again: the storage is slow or overloaded'],
  [157, 'disk', SYSTEM, 'the disk went away while it was in use'],
  [
    232,
    'Hyper-V-VmSwitch',
    SYSTEM,
    'a network card was connected to a port of the virtual switch: a pod came',
  ],
  [
    233,
    'Hyper-V-VmSwitch',
    SYSTEM,
    'an operation on a network card of the virtual switch ended; the text says whether well',
  ],
  [1000, HNS, HNS_CHANNEL, 'HNS could not make a virtual switch'],
  [
    1000,
    'Application Error',
    APPLICATION,
    'a program crashed: the text has its name, the module and the exception code',
  ],
  [1001, HCS, HCS_CHANNEL, 'the Host Compute Service started'],
  [
    1001,
    'WER-SystemErrorReporting',
    SYSTEM,
    'the node restarted after a blue screen: code and arguments, and where the dump is',
  ],
  [
    1001,
    'Windows Error Reporting',
    APPLICATION,
    'a report on a crash was made; the crash itself is event 1000 or 1026',
  ],
  [
    1013,
    HNS,
    HNS_CHANNEL,
    'HNS-Network-Create or HNS-Layer-Create ended with the result code in the text: a network for pods was not made',
  ],
  [
    1026,
    '.NET Runtime',
    APPLICATION,
    'a .NET program ended by an exception that nobody caught; the text has its stack',
  ],
  [1055, HNS, HNS_CHANNEL, 'HNS received a request; information only, and many of them'],
  [
    1074,
    'User32',
    SYSTEM,
    'somebody or something restarted or shut down the node; the text says who and why',
  ],
  [1076, 'User32', SYSTEM, 'the reason that was given afterwards for an unexpected restart'],
  [
    2000,
    HCS,
    HCS_OPERATIONAL,
    'an operation on a compute system ended with the result in the text; 0xC0370103 is no failure, the operation goes on',
  ],
  [
    2004,
    'Resource-Exhaustion-Detector',
    SYSTEM,
    'the node runs out of commit memory; the text names the processes that hold most',
  ],
  [2010, HCS, HCS_OPERATIONAL, 'a state of a compute system; information only'],
  [2019, 'srv', SYSTEM, 'the non-paged pool of the kernel is used up: a driver leaks'],
  [2020, 'srv', SYSTEM, 'the paged pool of the kernel is used up: a driver leaks'],
  [4227, 'Tcpip', SYSTEM, 'an outgoing connection found no free port: ephemeral ports are used up'],
  [4231, 'Tcpip', SYSTEM, 'no ephemeral TCP port is free: connections leak, or HNS holds ranges of ports'],
  [6005, 'EventLog', SYSTEM, 'the event log started: the node came up'],
  [6006, 'EventLog', SYSTEM, 'the event log stopped: the node was shut down'],
  [6008, 'EventLog', SYSTEM, 'the last shutdown was not expected: power, a crash, or the hypervisor'],
  [7000, SCM, SYSTEM, 'a service could not be started; the text has the error'],
  [7001, SCM, SYSTEM, 'a service could not be started because one that it needs did not start'],
  [7009, SCM, SYSTEM, 'a service did not connect within the time limit while it was started'],
  [7011, SCM, SYSTEM, 'a service did not answer in time'],
  [7023, SCM, SYSTEM, 'a service ended with the error in the text'],
  [7024, SCM, SYSTEM, 'a service ended with an error of its own'],
  [7031, SCM, SYSTEM, 'a service crashed, and what is set for that case is done: mostly it is started again'],
  [7034, SCM, SYSTEM, 'a service crashed, and nothing is set to be done about it'],
  [7036, SCM, SYSTEM, 'a service started or stopped'],
  [7040, SCM, SYSTEM, 'how a service is started was changed'],
  [7045, SCM, SYSTEM, 'a service was installed'],
  [8198, 'Security-SPP', APPLICATION, 'the licence could not be activated; in containers this is noise'],
  [12001, HCS, HCS_CHANNEL, 'the hypervisor does not run: pods with Hyper-V isolation cannot start'],
  [12003, HCS, HCS_CHANNEL, 'a limit of templates of virtual machines was met'],
];

/** Rows of an event's number. */
export function eventsOf(id: number): EventRow[] {
  return EVENTS.filter(([known]) => known === id);
}
