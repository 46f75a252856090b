import type {RebootReason} from '../../src/protocol/node-facts.ts';
import type {Windows} from './windows.ts';

const CURRENT_VERSION = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const CONTROL = 'SYSTEM\\CurrentControlSet\\Control';

/**
 * Why Windows wants to be restarted, by the signs that Microsoft's own tools look for
 * (dsccommunity/ComputerManagementDsc, resource PendingReboot). Throws CollectError.
 */
export function rebootReasons({registryKey}: Pick<Windows, 'registryKey'>): RebootReason[] {
  const value = (path: string, name: string): unknown => registryKey(path)?.values[name];
  const isThere = (path: string): boolean => registryKey(path) !== null;
  const signs: [RebootReason, boolean][] = [
    ['servicing', isThere(`${CURRENT_VERSION}\\Component Based Servicing\\RebootPending`)],
    ['update', isThere(`${CURRENT_VERSION}\\WindowsUpdate\\Auto Update\\RebootRequired`)],
    ['update-installer', Boolean(value('SOFTWARE\\Microsoft\\Updates', 'UpdateExeVolatile'))],
    ['rename', hasItems(value(`${CONTROL}\\Session Manager`, 'PendingFileRenameOperations'))],
    [
      'computer-name',
      value(`${CONTROL}\\ComputerName\\ActiveComputerName`, 'ComputerName') !==
        value(`${CONTROL}\\ComputerName\\ComputerName`, 'ComputerName'),
    ],
    ['domain-join', joinsDomain(registryKey('SYSTEM\\CurrentControlSet\\Services\\Netlogon')?.values)],
  ];
  return signs.filter(([, isPending]) => isPending).map(([reason]) => reason);
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function joinsDomain(netlogon: Record<string, unknown> = {}): boolean {
  return 'JoinDomain' in netlogon || 'AvoidSpnSet' in netlogon;
}
