import {isRecord} from '../../kube/shape.ts';
import type {HnsKind} from '../../hns/readings.ts';
import type {RawObject} from '../../hns/values.ts';

/** Fields that only one kind of objects has, in v1 or v2. The order counts: policy lists name their network, too. */
const SIGNS: readonly (readonly [HnsKind, readonly string[]])[] = [
  ['loadbalancers', ['PortMappings', 'FrontendVIPs', 'References']],
  ['sdnroutes', ['Setting']],
  [
    'networks',
    ['Subnets', 'Ipams', 'MacPools', 'MacPool', 'ManagementIP', 'NatName', 'DrMacAddress', 'TotalEndpoints'],
  ],
  [
    'endpoints',
    [
      'VirtualNetwork',
      'VirtualNetworkName',
      'IPAddress',
      'IpConfigurations',
      'IsRemoteEndpoint',
      'EncapOverhead',
    ],
  ],
  ['namespaces', ['CompartmentId', 'NamespaceId', 'NamespaceGuid', 'ResourceList', 'Containers']],
  ['loadbalancers', ['HostComputeEndpoints']],
  ['endpoints', ['HostComputeNetwork', 'SharedContainers', 'MacAddress']],
  ['networks', ['Extensions']],
];

/** Tells by its fields what an object is. */
export function kindOf(raw: RawObject): HnsKind | undefined {
  const policies = raw['Policies'];
  if (Array.isArray(policies) && policies.some(p => isRecord(p) && p['Type'] === 'ELB'))
    return 'loadbalancers';
  if (Object.hasOwn(raw, 'HostComputeEndpoints') && Object.hasOwn(raw, 'Routes')) return 'sdnroutes';
  return SIGNS.find(([, fields]) => fields.some(name => Object.hasOwn(raw, name)))?.[0];
}

/** Commands that print objects of one kind, as they stand behind prompts. */
const COMMANDS: readonly (readonly [RegExp, HnsKind])[] = [
  [/Get-HnsNetwork\b/i, 'networks'],
  [/Get-HnsEndpoint\b/i, 'endpoints'],
  [/Get-HnsNamespaces?\b/i, 'namespaces'],
  [/Get-HnsPolicyLists?\b/i, 'loadbalancers'],
  [/hnsdiag(?:\.exe)?\s+list\s+networks\b/i, 'networks'],
  [/hnsdiag(?:\.exe)?\s+list\s+endpoints\b/i, 'endpoints'],
  [/hnsdiag(?:\.exe)?\s+list\s+namespaces\b/i, 'namespaces'],
  [/hnsdiag(?:\.exe)?\s+list\s+loadbalancers\b/i, 'loadbalancers'],
];

/** What a line says that the following prints. */
export function kindAsked(line: string): HnsKind | undefined {
  return COMMANDS.find(([command]) => command.test(line))?.[1];
}
