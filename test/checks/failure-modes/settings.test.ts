import {POD_ENDPOINT, changeHns, hnsOf, inBoth, natExceptionsOf, onWin1} from '../../helpers/hns-changes.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';
import {rows} from './found.ts';

/** Signals in networks, in what endpoints are given, and in the node itself (`facts/hns.md` §6). */

const ID = '0DADA000-0000-4000-8000-000000000001';

const network = (edit: (network: Json) => void) =>
  hnsOf('networks', {v1: ([first]) => edit(first), v2: ([first]) => edit(first)});
const conf = (...values: Json[]) =>
  onWin1(n =>
    n.change('cni/10-flannel.conflist', c => {
      c.plugins[0].delegate.AdditionalArgs = values.map(Value => ({Name: 'EndpointPolicy', Value}));
    }),
  );
const overrides = String.raw`HKLM\SYSTEM\CurrentControlSet\Policies\Microsoft\FeatureManagement\Overrides`;

rows([
  [
    'exceptions of outbound NAT lack the range of pods',
    () => natExceptionsOf(['10.244.1.0/24', '10.96.0.0/12']),
    ['HNS013'],
  ],
  [
    'exceptions of outbound NAT are as broad as 10.0.0.0/8',
    () => natExceptionsOf(['10.0.0.0/8']),
    ['HNS014'],
  ],
  [
    'an endpoint of the overlay lacks the route to Services that its CNI gives',
    () =>
      conf({Type: 'SDNRoute', Settings: {DestinationPrefix: '10.96.0.0/12', NeedEncap: true}}).onNode(
        'win-1',
        n =>
          changeHns(
            n,
            'endpoints',
            inBoth(POD_ENDPOINT, endpoint => {
              endpoint.Policies = endpoint.Policies.filter((p: Json) => !/ROUTE|SDNRoute/.test(p.Type));
            }),
          ),
      ),
    ['HNS015'],
  ],
  [
    'an endpoint of the overlay lacks its provider address',
    () =>
      conf({Type: 'ProviderAddress', Settings: {ProviderAddress: '192.168.10.11'}}).onNode('win-1', n =>
        changeHns(
          n,
          'endpoints',
          inBoth(POD_ENDPOINT, endpoint => {
            endpoint.Policies = endpoint.Policies.filter((p: Json) => !/^PA$|Provider/.test(p.Type));
          }),
        ),
      ),
    ['HNS015'],
  ],
  [
    'a policy with a placeholder for a network',
    () => natExceptionsOf(['10.244.0.0/16', '10.96.0.0/12', '<MANAGEMENT_SUBNET>']),
    ['HNS020'],
  ],
  [
    'the overlay has no route to the pods of another node',
    () =>
      network(n => {
        n.Policies = n.Policies.filter((p: Json) => (p.Settings ?? p).DestinationPrefix !== '10.244.2.0/24');
      }),
    ['HNS019'],
  ],
  [
    'the overlay sends to an address that a node no longer has',
    () =>
      network(n => {
        for (const policy of n.Policies) {
          const settings = policy.Settings ?? policy;
          if (settings.DestinationPrefix === '10.244.2.0/24') settings.ProviderAddress = '192.168.10.99';
        }
      }),
    ['HNS019'],
  ],
  [
    'an endpoint of the overlay lacks its overhead of encapsulation, and Windows gives its adapter all of the MTU',
    () =>
      onWin1(n => {
        changeHns(
          n,
          'endpoints',
          inBoth(POD_ENDPOINT, endpoint => {
            endpoint.Policies = endpoint.Policies.filter((p: Json) => p.Type !== 'EncapOverhead');
            if (endpoint.EncapOverhead !== undefined) endpoint.EncapOverhead = 0;
          }),
        );
        n.change('net/adapters.json', (all: Json[]) => {
          for (const adapter of all) if (adapter.compartment !== 1) adapter.mtu = 1500;
        });
      }),
    ['HNS016'],
  ],
  [
    'the adapter of a pod leaves no room for encapsulation',
    () =>
      onWin1(n =>
        n.change('net/adapters.json', (all: Json[]) => {
          for (const adapter of all) if (adapter.compartment !== 1) adapter.mtu = 1500;
        }),
      ),
    ['HNS016'],
  ],
  [
    'the management address is not the node’s',
    () => network(n => n.ManagementIP && (n.ManagementIP = '10.0.2.15')),
    ['HNS005'],
  ],
  [
    'the subnet of the network is not the node’s range',
    () =>
      onWin1(n => n).change('Node', 'win-1', node => {
        node.spec.podCIDR = '10.244.9.0/24';
        node.spec.podCIDRs = ['10.244.9.0/24'];
      }),
    ['HNS006', 'HNS019'],
  ],
  [
    'the DNS server of the cluster is not the first that a pod asks',
    () =>
      hnsOf(
        'endpoints',
        inBoth(POD_ENDPOINT, endpoint => {
          if (endpoint.Dns) endpoint.Dns.ServerList = ['168.63.129.16', '10.96.0.10'];
          else endpoint.DNSServerList = '168.63.129.16,10.96.0.10';
        }),
      ),
    ['HNS017'],
  ],
  [
    'a pod has no suffix of its namespace',
    () =>
      hnsOf(
        'endpoints',
        inBoth(POD_ENDPOINT, endpoint => {
          if (endpoint.Dns) endpoint.Dns.Search = ['svc.cluster.local'];
          else endpoint.DNSSuffix = 'svc.cluster.local';
        }),
      ),
    ['HNS017'],
  ],
  [
    'the node has lost its default route',
    () =>
      onWin1(n =>
        n.set(
          'net/routes.json',
          n.get('net/routes.json').filter((r: Json) => r.compartment !== 1 || r.destination !== '0.0.0.0/0'),
        ),
      ),
    ['HNS018'],
  ],
  [
    'the endpoint of a pod has neither gateway nor routes',
    () =>
      hnsOf(
        'endpoints',
        inBoth(POD_ENDPOINT, endpoint => Object.assign(endpoint, {Routes: [], GatewayAddress: ''})),
      ),
    ['HNS018'],
  ],
  [
    'HNS does not have the network that CNI and kube-proxy name',
    () => network(n => (n.Name = 'nat')),
    ['HNS002'],
  ],
  [
    'HNS has the network twice',
    () => hnsOf('networks', {v1: list => list.push({...structuredClone(list[0]), ID})}),
    ['HNS024'],
  ],
  [
    'VFP is disabled on the overlay',
    () => network(n => n.Extensions && (n.Extensions[1].IsEnabled = false)),
    ['HNS003'],
  ],
  [
    'ten free blocks of 64 ports are left',
    () => onWin1(n => n.change('net/ports.json', p => (p.freeBlocks64 = 10))),
    ['HNS021'],
  ],
  [
    'a node port stays excluded, and no load balancer has it',
    () =>
      onWin1(n =>
        n.change('net/ports.json', p =>
          p.excludedRanges.push({protocol: 'tcp', start: 31_999, end: 31_999, administered: true}),
        ),
      ),
    ['HNS022'],
  ],
  [
    'HNS has over 200 threads',
    () =>
      onWin1(n =>
        n.change('services.json', (all: Json[]) => {
          for (const service of all) if (service.name === 'hns') service.threads = 431;
        }),
      ),
    ['HNS001'],
  ],
  [
    'HNS crashed, and is younger than kube-proxy',
    () =>
      onWin1(n => {
        n.set(
          'eventlog/System.xml',
          eventXml([
            {
              provider: 'Service Control Manager',
              id: 7031,
              time: ago(1800),
              level: 2,
              data: {param1: 'Host Network Service', param2: '1'},
            },
          ]),
        );
        n.change('services.json', (all: Json[]) => {
          for (const service of all) if (service.name === 'hns') service.startedAt = ago(1790);
        });
      }),
    ['NOD011', 'NOD012'],
  ],
  [
    'a feature override keeps HNS from deleting load balancers',
    () => onWin1(n => n.change('registry/hns.json', r => (r[overrides] = {'140377743': 1}))),
    ['HNS023'],
  ],
]);
