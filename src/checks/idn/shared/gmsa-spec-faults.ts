import {gmsaPluginOf} from '../../../data/gmsa.ts';
import {isRecord} from '../../../kube/shape.ts';

/** Something wrong in a credential spec; the pointer counts from `/credspec`. Values are never part of it. */
export interface SpecFault {
  /** `schema`, `placeholder` or `plugin-input`. */
  cause: 'schema' | 'placeholder' | 'plugin-input';
  pointer: string;
  message: string;
}

/** https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/manage-serviceaccounts#create-a-credential-spec */
const DOMAIN_FIELDS = ['DnsName', 'DnsTreeName', 'Guid', 'MachineAccountName', 'NetBiosName', 'Sid'] as const;
const GUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const SID = /^S-1-5-21(-\d{1,10}){3,4}$/;
/** What manuals leave for the reader to fill in: `<guid>`, `$SID`, `YOUR_DOMAIN`. */
const PLACEHOLDER = /<[A-Za-z][\w .-]{0,60}>|^\$\{?[A-Za-z_]\w{0,60}\}?$|^YOUR[_-]?[A-Z]/;
const CCG_VERSION = '1';

/** Judges a credential spec by Microsoft's schema, and the input of a known plug-in by that plug-in's own form. */
export function specFaults(credspec: unknown): SpecFault[] {
  if (!isRecord(credspec)) return [schema('', '`credspec` is missing or no map')];
  return [
    ...pluginFaults(credspec),
    ...domainFaults(credspec),
    ...accountFaults(credspec),
    ...hostFaults(credspec),
  ];
}

/** Whether a value is one that a manual leaves to the reader. */
function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && PLACEHOLDER.test(value);
}

function* pluginFaults({CmsPlugins: plugins}: Record<string, unknown>): Iterable<SpecFault> {
  if (Array.isArray(plugins) && plugins.includes('ActiveDirectory')) return;
  yield schema('/CmsPlugins', '`CmsPlugins` does not list `ActiveDirectory`');
}

function* domainFaults({DomainJoinConfig: domain}: Record<string, unknown>): Iterable<SpecFault> {
  if (!isRecord(domain)) {
    yield schema('/DomainJoinConfig', '`DomainJoinConfig` is missing');
    return;
  }
  for (const name of DOMAIN_FIELDS) {
    const pointer = `/DomainJoinConfig/${name}`;
    const value = domain[name];
    if (isPlaceholder(value)) yield placeholder(pointer, name);
    else if (typeof value !== 'string' || value === '')
      yield schema(pointer, `\`DomainJoinConfig.${name}\` is missing`);
    else if (name === 'Guid' && !GUID.test(value))
      yield schema(pointer, '`DomainJoinConfig.Guid` is no GUID');
    else if (name === 'Sid' && !SID.test(value))
      yield schema(pointer, '`DomainJoinConfig.Sid` is no SID of a domain');
  }
}

function* accountFaults({ActiveDirectoryConfig: directory}: Record<string, unknown>): Iterable<SpecFault> {
  const pointer = '/ActiveDirectoryConfig/GroupManagedServiceAccounts';
  const accounts = isRecord(directory) ? directory['GroupManagedServiceAccounts'] : undefined;
  if (!Array.isArray(accounts) || accounts.length === 0) {
    yield schema(pointer, '`GroupManagedServiceAccounts` is missing or empty');
    return;
  }
  for (const [i, account] of (accounts as unknown[]).entries()) {
    for (const name of ['Name', 'Scope'] as const) {
      const value = isRecord(account) ? account[name] : undefined;
      if (isPlaceholder(value)) yield placeholder(`${pointer}/${i}/${name}`, name);
      else if (typeof value !== 'string' || value === '')
        yield schema(`${pointer}/${i}/${name}`, `an account has no \`${name}\``);
    }
  }
}

/** `HostAccountConfig` is for nodes outside the domain; without it the nodes must be members. */
function* hostFaults({ActiveDirectoryConfig: directory}: Record<string, unknown>): Iterable<SpecFault> {
  const host = isRecord(directory) ? directory['HostAccountConfig'] : undefined;
  if (host === undefined) return;
  const at = '/ActiveDirectoryConfig/HostAccountConfig';
  if (!isRecord(host)) {
    yield schema(at, '`HostAccountConfig` is no map');
    return;
  }
  const {PluginGUID: guid, PluginInput: input, PortableCcgVersion: version} = host;
  if (version !== CCG_VERSION)
    yield schema(`${at}/PortableCcgVersion`, '`PortableCcgVersion` must be the string "1"');
  if (isPlaceholder(guid)) yield placeholder(`${at}/PluginGUID`, 'PluginGUID');
  else if (typeof guid !== 'string' || !GUID.test(guid) || !guid.startsWith('{') || !guid.endsWith('}'))
    yield schema(`${at}/PluginGUID`, '`PluginGUID` must be a GUID in braces');
  yield* inputFaults(typeof guid === 'string' ? guid : '', input, `${at}/PluginInput`);
}

function* inputFaults(guid: string, input: unknown, pointer: string): Iterable<SpecFault> {
  if (typeof input !== 'string') {
    yield schema(pointer, '`PluginInput` must be a string');
    return;
  }
  // An input of the wrong form is wrong whatever is filled in.
  const plugin = gmsaPluginOf(guid);
  if (plugin && !plugin.accepts(input)) {
    yield {
      cause: 'plugin-input',
      pointer,
      message: `\`PluginInput\` is not what ${plugin.name} (${guid}) reads: ${plugin.wants}`,
    };
  }
  if (isPlaceholder(input)) yield placeholder(pointer, 'PluginInput');
}

function schema(pointer: string, message: string): SpecFault {
  return {cause: 'schema', pointer, message};
}

function placeholder(pointer: string, name: string): SpecFault {
  return {cause: 'placeholder', pointer, message: `\`${name}\` is still the placeholder of a manual`};
}
