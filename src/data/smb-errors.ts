/** A class of failures of `New-SmbGlobalMapping` on a Windows node, told by the Win32 or NT code in its text. */
export interface SmbError {
  /** Key of the class. */
  cause: string;
  /** Found in the message of a failed mount. */
  pattern: RegExp;
  /** What it means, as the end of a sentence. */
  meaning: string;
  fix: readonly string[];
  links: readonly string[];
}

const CODES = 'https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-';
const issue = (number: number): string => `https://github.com/kubernetes-csi/csi-driver-smb/issues/${number}`;

/** The failures seen in the field, the more telling first. */
export const SMB_ERRORS: readonly SmbError[] = [
  {
    cause: 'credentials',
    pattern: /System Error (?:1326|86|1331|1909)\b|user name or password is incorrect/i,
    meaning: 'the server refuses the user name or password',
    fix: [
      'Compare the Secret that the volume names with the account on the server: `kubectl get secret NAME -n NAMESPACE`. A user of a domain is written `DOMAIN\\user`.',
      'For Azure Files the user is the name of the storage account and the password its key; a rotated key needs a new Secret.',
    ],
    links: [issue(520)],
  },
  {
    cause: 'access-denied',
    pattern: /System Error 5\b/i,
    meaning: 'the account is known, and may not open the share',
    fix: [
      "Give the account rights on the share and on its folder, and see the server's own firewall rules for the node.",
    ],
    links: [CODES],
  },
  {
    cause: 'server-not-found',
    pattern: /System Error 53\b|network path was not found/i,
    meaning: 'the node cannot resolve or reach the server',
    fix: [
      'The node mounts, not the pod: use a name that the node itself resolves, never one of a Service (`*.svc`), or an IP address.',
      'Test port 445 from the node: `Test-NetConnection SERVER -Port 445`. Many providers block it towards the internet.',
    ],
    links: [issue(294)],
  },
  {
    cause: 'share-not-found',
    pattern: /System Error 67\b|network name cannot be found/i,
    meaning: 'the server answers, and has no such share',
    fix: [
      'Compare the `source` of the volume with the shares of the server: `//SERVER/SHARE`, without a folder that is not there.',
    ],
    links: [CODES],
  },
  {
    cause: 'several-users',
    pattern: /System Error 1219\b|Multiple connections to a server/i,
    meaning: 'the node is connected to this server as another user already, and Windows allows one',
    fix: [
      'Use one account for all shares of a server, or another name (an alias in DNS) of the server for the second account.',
    ],
    links: [issue(219)],
  },
  {
    cause: 'source-malformed',
    pattern: /System Error 87\b|SmbGlobalMapping[^\n]{0,2000}parameter is incorrect/i,
    meaning: 'the source is malformed, as with a slash at its end',
    fix: ['Write the `source` as `//SERVER/SHARE`, without a slash at the end.'],
    links: [issue(453)],
  },
  {
    cause: 'process-start',
    pattern: /0xc0000142/i,
    meaning: 'the node can start no further PowerShell (0xC0000142: its desktop heap is used up)',
    fix: [
      'Drain and restart the node; then move to a version of the driver without csi-proxy, which starts no processes.',
    ],
    links: ['https://github.com/kubernetes-sigs/azuredisk-csi-driver/issues/2082'],
  },
];

/** The class of a failed mount's message; undefined where it is none of SMB on Windows, or of no class that is known. */
export function smbErrorOf(message: string): SmbError | undefined {
  if (!/SmbGlobalMapping|smb|cifs/i.test(message)) return undefined;
  return SMB_ERRORS.find(error => error.pattern.test(message));
}
