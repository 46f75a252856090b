import type {RegistryFacts} from '../../src/protocol/node-facts.ts';
import type {Gaps} from '../host/gaps.ts';
import type {Windows} from './windows.ts';

const SERVICES = 'SYSTEM\\CurrentControlSet\\Services';

/** Keys of `registry/hns.json`. */
interface WantedKey {
  path: string;
  /** How many levels of keys below it are read too. */
  depth: number;
  /** Only these values; all where it is not given. */
  values?: readonly string[];
}

/**
 * Switches of HNS and of its filter (Azure/AgentBaker, vhdbuilder/packer/windows/windows_settings.json), overrides of
 * features, what the virtual switch believes to exist (microsoft/SDN, collectlogs.ps1), and whether IPv6 is off
 * (https://learn.microsoft.com/troubleshoot/windows-server/networking/configure-ipv6-in-windows).
 */
const WANTED: readonly WantedKey[] = [
  {path: `${SERVICES}\\hns\\State`, depth: 0},
  {path: `${SERVICES}\\VfpExt\\Parameters`, depth: 0},
  {path: 'SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FeatureManagement\\Overrides', depth: 0},
  {path: `${SERVICES}\\vmsmp\\parameters\\SwitchList`, depth: 1},
  {path: `${SERVICES}\\vmsmp\\parameters\\NicList`, depth: 1},
  {path: `${SERVICES}\\Tcpip6\\Parameters`, depth: 0, values: ['DisabledComponents']},
];

/** The wanted keys and their values; a key that does not exist is not among them. */
export function registryFacts(windows: Windows, gaps: Gaps): RegistryFacts {
  const found: RegistryFacts = {};
  for (const wanted of WANTED) Object.assign(found, keyFacts(wanted, windows, gaps));
  return found;
}

function keyFacts({path, depth, values}: WantedKey, windows: Windows, gaps: Gaps): RegistryFacts {
  const key = gaps.fact(`HKLM\\${path}`, () => windows.registryKey(path));
  if (!key) return {};
  const wanted = Object.entries(key.values).filter(([name]) => values?.includes(name) ?? true);
  const found: RegistryFacts = {[`HKLM\\${path}`]: Object.fromEntries(wanted)};
  if (depth === 0) return found;
  for (const name of key.keys)
    Object.assign(found, keyFacts({path: `${path}\\${name}`, depth: depth - 1}, windows, gaps));
  return found;
}
