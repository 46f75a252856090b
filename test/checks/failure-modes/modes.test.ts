import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {changeHns, hnsOf, natExceptionsOf, onWin1, remoteEndpoint} from '../../helpers/hns-changes.ts';
import {logged, sandboxLine} from '../../helpers/kubelet-lines.ts';
import {ago} from '../../helpers/raw.ts';
import type {Json} from '../../helpers/raw.ts';
import {balancersOf, changedBalancer, isBalancer, withoutBalancers} from '../../helpers/service-changes.ts';
import {deleting, report} from '../../helpers/sick-pods.ts';
import {kernel, scaledToOneNode, server2019} from './clusters.ts';
import {rows} from './found.ts';

/** What went wrong on Windows nodes in the field (`facts/hns.md` §8), in the order and the words there. */

const WEB = isBalancer('10.96.30.1', 80);
const ID = '0DADA000-0000-4000-8000-000000000001';
const podIp = String(healthyWithAgents().get('Pod', 'shop/web-0')['status'].podIP);

/** HNS crashed half an hour ago and came back. */
const crashed = (cluster: TestCluster): TestCluster =>
  cluster.onNode('win-1', n => {
    const data = {param1: 'Host Network Service', param2: '1'};
    const event = {provider: 'Service Control Manager', id: 7031, time: ago(1800), level: 2, data};
    n.set('eventlog/System.xml', eventXml([event]));
    restarted(n.get('services.json'));
  });
function restarted(services: Json[]): void {
  for (const service of services) if (service.name === 'hns') service.startedAt = ago(1790);
}

const none = {v1: (list: Json[]) => list.splice(0), v2: (list: Json[]) => list.splice(0)};
const network = (edit: (network: Json) => void): TestCluster =>
  hnsOf('networks', {v1: ([first]) => edit(first), v2: ([first]) => edit(first)});
const conf = (cluster: TestCluster, value: Json): TestCluster =>
  cluster.onNode('win-1', n =>
    n.change('cni/10-flannel.conflist', c => {
      c.plugins[0].delegate.AdditionalArgs = [{Name: 'EndpointPolicy', Value: value}];
    }),
  );
/** An endpoint of a pod that was here. */
const leftover = (list: Json[], index: number): void => {
  list.push({
    ...list[0],
    ID: ID.replace(/1$/, String(index)),
    Name: `${index}${'ab12'.repeat(16).slice(1)}_flannel.4096`,
    IPAddress: `10.244.1.${100 + index}`,
    Namespace: {ID: ID.replace(/..1$/, `aa${index}`)},
    SharedContainers: [],
    // 1 September 2026, 11:00: long ago, and whole seconds.
    CreateProcessingStartTime: 134_326_980_000_000_000,
  });
};

rows([
  [
    '1: Services and DNS are dead after a crash of HNS',
    () => crashed(withoutBalancers(() => true)),
    ['NOD011', 'NOD012', 'SVC001', 'SVC006'],
  ],
  [
    '2: one pod is unreachable after its address was used again',
    () => hnsOf('endpoints', remoteEndpoint(podIp)),
    ['HNS008', 'HNS009'],
  ],
  [
    '3: HNS refuses a load balancer for ever, as its port has leaked (0x803b0013)',
    () =>
      healthyWithAgents()
        .change('Service', 'shop/web', s => {
          s.spec.type = 'NodePort';
          s.spec.ports[0].nodePort = 31_999;
        })
        .onNode('win-1', n =>
          n.change('net/ports.json', p =>
            p.excludedRanges.push({protocol: 'tcp', start: 31_999, end: 31_999, administered: true}),
          ),
        ),
    ['HNS022', 'SVC011'],
  ],
  ['4: a load balancer was removed and never made again', () => withoutBalancers(WEB), ['SVC001']],
  [
    '5: backends are frozen after scaling, with HNS 15.4',
    () =>
      changedBalancer(WEB, raw => (raw.HostComputeEndpoints ?? raw.References).shift()).onNode('win-1', n =>
        n.set('hns/version.json', {Major: 15, Minor: 4}),
      ),
    ['SVC003'],
  ],
  [
    '6: Windows Server 2019 uses the address of a Service again',
    () => balancersOf(all => [...all, {...structuredClone(all.find(WEB)), ID}]),
    ['SVC004'],
  ],
  [
    '7: ports are exhausted, and connections fail',
    () => onWin1(n => n.change('net/ports.json', p => Object.assign(p, {freeBlocks64: 3, used: 16_000}))),
    ['HNS021', 'NOD024'],
  ],
  ['8: KB5040437 takes the network from pods', () => kernel('10.0.20348.2582'), ['ADV001']],
  ['9: updates of August and September 2020 lose DECAP_IN', server2019, ['ADV001', 'NOD002']],
  [
    '10: CNI and kube-proxy wait for a network that is missing after a restart of the node',
    () =>
      hnsOf('networks', none).onNode('win-1', n => {
        n.change('system.json', system => (system.bootTime = ago(1200)));
      }),
    ['HNS002'],
  ],
  [
    '11: a restart of HNS drops endpoints of pods that still run',
    () =>
      hnsOf('endpoints', none).onNode('win-1', n => {
        restarted(n.get('services.json'));
        n.set('hns/loadbalancers.json', []).set('hns/v1-policylists.json', []);
      }),
    ['HNS011', 'NOD012', 'SVC001', 'SVC006'],
  ],
  [
    '12: a node with several adapters has the wrong management address',
    () => network(n => n.ManagementIP && (n.ManagementIP = '10.0.2.15')),
    ['HNS005'],
  ],
  [
    '13: the host’s address becomes 169.254',
    () => network(n => n.ManagementIP && (n.ManagementIP = '169.254.83.107')),
    ['HNS005'],
  ],
  [
    '14: the route to the metadata service is lost',
    () =>
      healthyWithAgents()
        .changeAll('Node', n => (n.metadata.labels['cloud.google.com/gke-nodepool'] = 'pool'))
        .onNode('win-2', n =>
          n.change('net/routes.json', r =>
            r.push({
              destination: '169.254.169.254/32',
              nextHop: '0.0.0.0',
              index: 9,
              compartment: 1,
              metric: 1,
            }),
          ),
        ),
    ['HNS018'],
  ],
  [
    '15: egress to the virtual network is translated, or blocked',
    () =>
      natExceptionsOf(['10.244.0.0/16']).onNode('win-1', n =>
        n
          .remove('cni/10-flannel.conflist')
          .set('cni/10-azure.conflist', {name: 'flannel.4096', plugins: [{type: 'azure-vnet'}]}),
      ),
    ['CNI002', 'HNS013'],
  ],
  [
    '17: every sandbox fails by a policy that HNS refuses (0x803b000d)',
    () =>
      conf(
        logged(
          sandboxLine(
            'hcnCreateEndpoint failed in Win32: The provided policy configuration is invalid or missing parameters. (0x803b000d)',
          ),
        ),
        {Type: 'OutBoundNAT', Settings: {Exceptions: ['10.244.0.0/16', '10.96.0.0/12', '10.0.0.0/33']}},
      ),
    ['HNS020', 'KBL001'],
  ],
  [
    '18: attaching a namespace fails by a placeholder for a network',
    () =>
      conf(
        logged(
          sandboxLine(
            'hcs::CreateComputeSystem 1a2b3c: The requested operation for attach namespace failed.: unknown',
          ),
        ),
        {
          Type: 'OutBoundNAT',
          Settings: {Exceptions: ['10.244.0.0/16', '10.96.0.0/12', '<ManagementSubnet>']},
        },
      ),
    ['HNS020', 'KBL001'],
  ],
  [
    '19: removing a sandbox fails for ever, as its namespace is stuck (0x803b0015)',
    () =>
      report(
        hnsOf('namespaces', {
          v1: list =>
            list.push({
              ID,
              CompartmentId: 51,
              IsDefault: false,
              Containers: ['4b57fac48448'],
              ResourceList: {},
              State: 4,
            }),
        }).change('Pod', 'shop/web-0', p => deleting(p, 900)),
        'Pod',
        'shop/web-0',
        'FailedKillPod',
        'error killing pod: hcnDeleteNamespace failed in Win32: The specified request is unsupported (0x803b0015)',
      ),
    ['HNS012', 'KBL006'],
  ],
  [
    '20: the source address is outside the subnet (0x803b001e)',
    () => onWin1(n => n.change('processes.json', p => (p[2].flags['source-vip'] = '10.244.7.2'))),
    ['SVC009'],
  ],
  [
    '21: HNS is deadlocked: it hangs, and its threads pile up',
    () =>
      onWin1(n => {
        n.change('services.json', (all: Json[]) => {
          for (const service of all) if (service.name === 'hns') service.threads = 431;
        });
        for (const file of [
          'endpoints',
          'v1-endpoints',
          'loadbalancers',
          'v1-policylists',
          'networks',
          'v1-networks',
        ])
          n.without(`hns/${file}.json`, 'timeout', 'HNS did not answer within 5 s');
      }),
    ['AGT003', 'HNS001'],
  ],
  [
    '22: load balancers come slowly on a node that has just joined',
    () =>
      withoutBalancers(WEB).onNode('win-1', n =>
        n.change('processes.json', (all: Json[]) => {
          for (const proxy of all) if (proxy.image === 'kube-proxy.exe') proxy.startedAt = ago(60);
        }),
      ),
    ['SVC001'],
  ],
  [
    '23: “wrong diskette” after an update of Windows',
    () =>
      logged(
        sandboxLine(
          'hnsCall failed in Win32: The wrong diskette is in the drive. Insert %2 (Volume Serial Number: %3) into drive %1. (0x22)',
        ),
      ),
    ['KBL001'],
  ],
  [
    '24: endpoints leak until no address is left',
    () =>
      logged(
        sandboxLine(
          'failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254',
        ),
      ).onNode('win-1', n =>
        changeHns(n, 'endpoints', {
          v1: list => {
            for (const index of [2, 3, 4]) leftover(list, index);
          },
        }),
      ),
    ['HNS007', 'KBL008'],
  ],
  ['25: a node without a pod of it drops traffic of policy Local, by design', scaledToOneNode, ['SVC014']],
]);
