/** Events of Windows that checks know. Providers by the end of their name, as vendors' prefixes differ between builds. */
export interface KnownEvents {
  provider: RegExp;
  ids: readonly number[];
  source: string;
}

const SCM =
  'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756398(v=ws.10)';

/** What is kept of event logs when they are taken in. */
export const KNOWN_EVENTS: readonly KnownEvents[] = [
  // A service did not start, ended with an error, crashed.
  {
    provider: /^Service Control Manager$/i,
    ids: [7000, 7001, 7009, 7022, 7023, 7024, 7031, 7034],
    source: SCM,
  },
  {
    provider: /Resource-Exhaustion-Detector$/i,
    ids: [2004],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-client/performance/introduction-to-the-page-file',
  },
  {
    provider: /Kernel-Power$/i,
    ids: [41],
    source: 'https://learn.microsoft.com/troubleshoot/windows-client/performance/event-id-41-restart',
  },
  {
    provider: /WER-SystemErrorReporting$/i,
    ids: [1001],
    source: 'https://learn.microsoft.com/windows-hardware/drivers/debugger/bug-check-code-reference2',
  },
  {
    provider: /^EventLog$/i,
    ids: [6008],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/performance/troubleshoot-unexpected-reboots-system-event-logs',
  },
  {
    provider: /^User32$/i,
    ids: [1074, 1076],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/performance/troubleshoot-unexpected-reboots-system-event-logs',
  },
  {
    provider: /^(?:disk|stor(?:ahci|nvme|vsc|port)|vhdmp|iaStor\w*)$/i,
    ids: [7, 11, 51, 129, 153, 157],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/backup-and-storage/troubleshoot-data-corruption-and-disk-errors',
  },
  {
    provider: /Ntfs$/i,
    ids: [55],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-server/backup-and-storage/troubleshoot-data-corruption-and-disk-errors',
  },
  {
    provider: /^Tcpip$/i,
    ids: [4227, 4231],
    source:
      'https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting',
  },
  {
    provider: /Containers-CCG$/i,
    ids: [1, 2, 3, 4, 6, 7, 8],
    source:
      'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/gmsa-troubleshooting',
  },
  {
    provider: /Time-Service$/i,
    ids: [35, 36, 47, 50],
    source:
      'https://learn.microsoft.com/windows-server/networking/windows-time-service/windows-time-service-tools-and-settings',
  },
  {
    provider: /^(?:Windows Error Reporting|Application Error)$/i,
    ids: [1000, 1001],
    source: 'https://learn.microsoft.com/windows/win32/wer/windows-error-reporting',
  },
];

/** Whether an event is kept. */
export function isKnownEvent(provider: string, id: number): boolean {
  return KNOWN_EVENTS.some(known => known.ids.includes(id) && known.provider.test(provider));
}
