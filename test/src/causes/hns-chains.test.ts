import test from 'ava';
import {CHECKS} from '../../../src/checks/index.ts';
import {chainOf} from '../../helpers/chain.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import {eventXml} from '../../helpers/events-xml.ts';
import {hnsOf, onWin1, remoteEndpoint} from '../../helpers/hns-changes.ts';
import {reportOf} from '../../helpers/judged.ts';
import {logged, sandboxLine} from '../../helpers/kubelet-lines.ts';
import type {Json} from '../../helpers/raw.ts';
import {ago} from '../../helpers/raw.ts';
import {deleting, report} from '../../helpers/sick-pods.ts';

const podIp = String(healthyWithAgents().get('Pod', 'shop/web-0')['status'].podIP);
const none = {v1: (list: Json[]) => list.splice(0), v2: (list: Json[]) => list.splice(0)};

test('a remote endpoint that is left over explains an address that is there twice', t => {
  t.deepEqual(chainOf(hnsOf('endpoints', remoteEndpoint(podIp))), ['HNS008', 'HNS009 <- HNS008']);
});

test('a crash of HNS explains the endpoints that are lost, and these the load balancers', t => {
  const cluster = hnsOf('endpoints', none).onNode('win-1', n => {
    const data = {param1: 'Host Network Service', param2: '1'};
    n.set(
      'eventlog/System.xml',
      eventXml([{provider: 'Service Control Manager', id: 7034, time: ago(600), level: 2, data}]),
    );
  });
  const chain = chainOf(cluster);
  t.true(chain.includes('NOD011'), chain.join('\n'));
  t.true(chain.includes('HNS011 <- NOD011'), chain.join('\n'));
});

test('an HNS that does not answer explains what the agent could not collect', t => {
  const cluster = onWin1(n => {
    for (const file of ['endpoints', 'v1-endpoints'])
      n.without(`hns/${file}.json`, 'timeout', 'HNS did not answer within 5 s');
  });
  const {findings} = reportOf(cluster, CHECKS);
  const [hns, gaps] = ['HNS001', 'AGT003'].map(id => findings.find(f => f.id === id));
  t.deepEqual(gaps?.causedBy, [hns?.fingerprint ?? '']);
});

test('a placeholder in the CNI configuration explains sandboxes that fail', t => {
  const error =
    'hcs::CreateComputeSystem 1a2b3c: The requested operation for attach namespace failed.: unknown';
  const cluster = logged(sandboxLine(error)).onNode('win-1', n =>
    n.change('cni/10-flannel.conflist', c => {
      const Exceptions = ['10.244.0.0/16', '10.96.0.0/12', '<ManagementSubnet>'];
      const Value = {Type: 'OutBoundNAT', Settings: {Exceptions}};
      c.plugins[0].delegate.AdditionalArgs = [{Name: 'EndpointPolicy', Value}];
    }),
  );
  t.deepEqual(chainOf(cluster), ['HNS020', 'KBL001 <- HNS020']);
});

test('a namespace that HNS does not let go of explains a pod that does not end', t => {
  const stuck = {
    ID: '0DADA000-0000-4000-8000-000000000001',
    CompartmentId: 51,
    IsDefault: false,
    Containers: ['4b57fac48448'],
    ResourceList: {},
    State: 4,
  };
  const cluster = report(
    hnsOf('namespaces', {v1: list => list.push(stuck)}).change('Pod', 'shop/web-0', p => deleting(p, 900)),
    'Pod',
    'shop/web-0',
    'FailedKillPod',
    'error killing pod: hcnDeleteNamespace failed in Win32: The specified request is unsupported (0x803b0015)',
  );
  t.deepEqual(chainOf(cluster), ['HNS012', 'KBL006 <- HNS012']);
});

test('a port that has leaked explains a node port that is missing', t => {
  const cluster = healthyWithAgents()
    .change('Service', 'shop/web', s => {
      s.spec.type = 'NodePort';
      s.spec.ports[0].nodePort = 31_999;
    })
    .onNode('win-1', n =>
      n.change('net/ports.json', p =>
        p.excludedRanges.push({protocol: 'tcp', start: 31_999, end: 31_999, administered: true}),
      ),
    )
    .onNode('win-2', n => {
      n.change('net/ports.json', p =>
        p.excludedRanges.push({protocol: 'tcp', start: 31_999, end: 31_999, administered: true}),
      );
    });
  t.true(chainOf(cluster).includes('SVC011 <- HNS022'), chainOf(cluster).join('\n'));
});
