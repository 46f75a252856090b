import type {Breaker} from './breaker.ts';
import {soloService, staleService} from './fault-services.ts';
import type {NetFault} from './fault.ts';
import {
  API_ADDRESS,
  DNS_ADDRESSES,
  NODE_PORT,
  ROUTER,
  TUNNEL,
  type NetNode,
  type NetPod,
} from './topology.ts';

const TUNNELLED = ['-p', 'udp', '--dport', String(TUNNEL.port)];
/** Larger than any packet that only opens a connection. */
const LARGE = '1000:';

/** Faults of ways between nodes. */
export const LINK_FAULTS: readonly NetFault[] = [
  {
    title: 'a node has lost its route to the pods of another',
    underWine: true,
    inject: into => {
      const to = node(into, 'win-0');
      const route = `${to.podCidr} via ${to.tunnelIp} dev ${TUNNEL.name} onlink`;
      into.ip('linux-0', `route del ${route}`, `route add ${route}`);
    },
    expect: {
      id: 'NET002',
      leg: 'pod-other-node',
      subject: /^Pod\/shop\/\w+-(linux-0|win-0)$/,
      message: /linux-0.*win-0|win-0.*linux-0/,
      beside: ['NET004', 'NET003'],
    },
  },
  {
    title: 'the port of the tunnels is blocked on a node',
    underWine: true,
    inject: into => into.rule('win-0', 'INPUT', [...TUNNELLED, '-j', 'DROP']),
    expect: {
      id: 'NET011',
      leg: 'pod-other-node',
      subject: /^Node\/win-0$/,
      message: /its host is reached, so the network of pods is at fault/,
    },
  },
  {
    title: 'large packets to a node are dropped and nobody says so',
    underWine: true,
    inject: into =>
      into.rule('win-1', 'INPUT', [...TUNNELLED, '-m', 'length', '--length', LARGE, '-j', 'DROP']),
    expect: {
      id: 'NET009',
      leg: 'path-mtu',
      subject: /^Node\/win-1$/,
      message: /Packets above \d+ bytes .* are lost/,
    },
  },
  {
    title: 'a node is cut off',
    underWine: true,
    inject: into => into.ip(ROUTER.name, 'link set to-win-1 down', 'link set to-win-1 up'),
    expect: {
      id: 'NET011',
      leg: 'pod-other-node',
      subject: /^Node\/win-1$/,
      message: /win-1 is isolated.*its host is not reached either/,
    },
  },
  {
    title: 'nothing goes from Linux to Windows nodes',
    underWine: true,
    inject: into => {
      for (const to of nodes(into, 'windows')) {
        for (const from of nodes(into, 'linux')) {
          const opening = ['-i', TUNNEL.name, '-p', 'tcp', '--syn', '-j', 'DROP'];
          into.rule(to.name, 'FORWARD', ['-s', from.podCidr, ...opening]);
          into.rule(to.name, 'FORWARD', ['-s', from.podCidr6, ...opening], 'ip6tables');
        }
      }
    },
    expect: {
      id: 'NET008',
      leg: 'pod-other-node',
      subject: /^Node\/win-\d$/,
      message: /Nothing goes from Linux to Windows nodes/,
    },
  },
  {
    title: 'IPv6 alone does not get to a node through its tunnels',
    underWine: true,
    inject: into => {
      for (const chain of ['INPUT', 'FORWARD'])
        into.rule('win-0', chain, ['-i', TUNNEL.name, '-j', 'DROP'], 'ip6tables');
    },
    expect: {
      id: 'NET011',
      leg: 'pod-other-node',
      subject: /^Node\/win-0$/,
      message: /win-0 is isolated: all \d+ connections over IPv6/,
    },
  },
  ...[0.05, 0.3].map((share): NetFault => ({
    title: `${share * 100} % of the packets to a node are lost`,
    flags: ['--probe', 'full'],
    inject: into => into.rule('win-0', 'INPUT', [...TUNNELLED, ...random(share), '-j', 'DROP']),
    expect: {
      id: 'NET012',
      leg: 'pod-other-node',
      subject: /^Node\//,
      message: /win-0/,
      ...(share > 0.1 && {beside: ['NET002', 'NET004', 'NET003', 'DNS001', 'NET009']}),
    },
  })),
];

/** Faults of Services. */
export const SERVICE_FAULTS: readonly NetFault[] = [
  {
    title: 'kube-proxy of one node has no rule for a Service',
    underWine: true,
    flags: ['--probe', 'full'],
    inject: async into => into.forget('win-0', await addressOf(into, 'shop', 'web')),
    expect: {
      id: 'NET010',
      leg: 'cluster-ip',
      subject: /^Service\/shop\/web$/,
      message: /its backend .* answers/,
      beside: ['NET003', 'NET013'],
    },
  },
  {
    title: 'a Service leads to a pod that is gone',
    flags: ['--probe', 'full'],
    inject: async into => {
      await into.create(...staleService());
    },
    expect: {
      id: 'NET003',
      leg: 'cluster-ip',
      subject: /^Service\/shop\/stale$/,
      message: /and its backend .* too/,
      beside: ['NET001', 'NET002', 'NET004'],
    },
  },
  {
    title: 'the node port is closed on a node',
    underWine: true,
    inject: into =>
      into.rule('win-0', 'raw/PREROUTING', ['-p', 'tcp', '--dport', String(NODE_PORT), '-j', 'DROP']),
    expect: {id: 'NET005', leg: 'node-port', subject: /^Service\/shop\/web$/, message: /:30080/},
  },
  {
    title: 'a pod does not get back to itself through its Service',
    flags: ['--probe', 'full'],
    inject: async into => {
      for (const {name, ip, node: on} of into.topology.pods.filter(p => p.node.name === 'linux-0')) {
        await into.create(soloService(name));
        // What leaves towards the pod that it comes from is to get the node's address on the way.
        into.rule(on.name, 'nat/POSTROUTING', ['-s', ip, '-d', ip, '-j', 'ACCEPT']);
      }
    },
    expect: {
      id: 'NET010',
      leg: 'cluster-ip',
      subject: /^Service\/shop\/solo-(web|api)-linux-0$/,
      message: /its backend .* answers/,
      beside: ['NET003'],
    },
  },
  {
    title: 'pods of a node do not reach the API server',
    inject: into => into.rule('win-1', 'FORWARD', ['-d', ROUTER.ip, '-p', 'tcp', '-j', 'DROP']),
    expect: {
      id: 'NET007',
      leg: 'api-server',
      subject: /^Service\/default\/kubernetes$/,
      message: new RegExp(`${API_ADDRESS}.*win-1`),
    },
  },
];

/** Faults of names. */
export const DNS_FAULTS: readonly NetFault[] = [
  {
    title: 'DNS over UDP does not leave a node, over TCP it does',
    underWine: true,
    inject: into => {
      for (const program of ['iptables', 'ip6tables'] as const)
        for (const chain of ['FORWARD', 'OUTPUT'])
          into.rule('win-1', chain, ['-p', 'udp', '--dport', '53', '-j', 'DROP'], program);
    },
    expect: {
      id: 'DNS001',
      leg: 'dns-vip',
      subject: /^Node\/win-1$/,
      message: /over UDP .*though it does over TCP/,
    },
  },
  {
    title: 'one of two DNS pods is dead',
    flags: ['--probe', 'full'],
    inject: into => into.dns(pod(into, 'coredns-linux-1')),
    expect: {
      id: 'DNS001',
      leg: 'dns-backend',
      subject: /^Pod\/kube-system\/coredns-linux-1$/,
      message: /the Service answers as long as it sends to another/,
      beside: ['NET001', 'NET002', 'NET003', 'NET004'],
    },
  },
  {
    title: 'cluster DNS does not answer by its Service on one node',
    underWine: true,
    inject: into => into.forget('win-0', DNS_ADDRESSES[0]),
    expect: {
      id: 'DNS002',
      leg: 'dns-vip',
      subject: /^Service\/kube-system\/kube-dns$/,
      message: /its backend .* answers/,
      beside: ['NET010', 'NET003'],
    },
  },
  {
    title: 'pods of a node lack the suffix of their namespace',
    inject: into =>
      into.sandboxes(sandbox =>
        sandbox.node === 'win-0'
          ? {...sandbox, dns: {...sandbox.dns, searches: sandbox.dns.searches.slice(1)}}
          : sandbox,
      ),
    expect: {id: 'DNS004', leg: 'short-name', subject: /^Node\/win-0$/, message: /is found/},
  },
  {
    title: 'cluster DNS takes two seconds',
    inject: async into => {
      for (const server of into.topology.pods.filter(p => p.app === 'dns'))
        await into.dns(server, ['slow 2s']);
    },
    expect: {id: 'DNS005', leg: 'dns-vip', subject: /^Node\//, message: /waits 2\d{3} ms at best/},
  },
];

function random(share: number): string[] {
  return ['-m', 'statistic', '--mode', 'random', '--probability', String(share)];
}

function node({topology}: Breaker, name: string): NetNode {
  const found = topology.nodes.find(n => n.name === name);
  if (!found) throw new Error(`there is no node ${name}`);
  return found;
}

function nodes({topology}: Breaker, os: NetNode['os']): readonly NetNode[] {
  return topology.nodes.filter(n => n.os === os);
}

function pod({topology}: Breaker, name: string): NetPod {
  const found = topology.pods.find(p => p.name === name);
  if (!found) throw new Error(`there is no pod ${name}`);
  return found;
}

async function addressOf({lab}: Breaker, namespace: string, name: string): Promise<string> {
  const {spec} = await lab.api.get({apiVersion: 'v1', kind: 'Service', metadata: {namespace, name}});
  // A Service has one.
  return (spec as {clusterIP: string}).clusterIP;
}
