import type {Breaker} from './breaker.ts';
import type {NetFault} from './fault.ts';
import {TUNNEL, type NetNode, type RealPod} from './topology.ts';

/** Faults at the node with a real kubelet, whose pods' networks a plugin of CNI has made. */
export const REAL_NODE_FAULTS: readonly NetFault[] = [
  {
    title: 'a node with a real kubelet has lost its route to one of its pods',
    inject: async into => {
      const {node, ...pod} = realPod(into, 'web');
      const address = await podAddress(into, pod);
      const route = into
        .inside(node.name, 'ip', '-4', 'route')
        .split('\n')
        .find(line => line.startsWith(`${address} `));
      if (route === undefined) throw new Error(`${node.name} has no route to ${address}`);
      into.ip(node.name, `route del ${route.trim()}`, `route add ${route.trim()}`);
    },
    expect: {
      id: 'NET001',
      leg: 'pod-same-node',
      subject: /^Pod\/shop\/web-linux-real$/,
      message: /api-linux-real on linux-real does not get to Pod shop\/web-linux-real/,
    },
  },
  {
    title: 'a node has lost its route to the pods of a real kubelet',
    inject: into => {
      const {podCidr, tunnelIp} = realPod(into, 'web').node;
      const route = `${podCidr} via ${tunnelIp} dev ${TUNNEL.name} onlink`;
      into.ip('win-0', `route del ${route}`, `route add ${route}`);
    },
    expect: {
      id: 'NET002',
      leg: 'pod-other-node',
      subject: /^Pod\/shop\/\w+-(win-0|linux-real)$/,
      message: /linux-real.*win-0|win-0.*linux-real/,
      beside: ['NET004', 'NET003'],
    },
  },
  {
    title: 'kube-proxy of a node with a real kubelet has no rule for a Service',
    flags: ['--probe', 'full'],
    inject: async into => {
      const service = {apiVersion: 'v1', kind: 'Service', metadata: {namespace: 'shop', name: 'web'}};
      const {spec} = await into.lab.api.get(service);
      // A Service has one.
      into.forget(realNode(into).name, (spec as {clusterIP: string}).clusterIP);
    },
    expect: {
      id: 'NET010',
      leg: 'cluster-ip',
      subject: /^Service\/shop\/web$/,
      message: /linux-real.*its backend .* answers/,
      beside: ['NET003', 'NET013'],
    },
  },
];

function realNode({topology}: Breaker): NetNode {
  const found = topology.nodes.find(n => n.isReal);
  if (!found) throw new Error('no node has a real kubelet');
  return found;
}

function realPod({topology}: Breaker, app: RealPod['app']): RealPod {
  const found = topology.realPods.find(p => p.app === app);
  if (!found) throw new Error(`the real node has no pod of ${app}`);
  return found;
}

async function podAddress({lab}: Breaker, {namespace, name}: Omit<RealPod, 'node'>): Promise<string> {
  const {status} = await lab.api.get({apiVersion: 'v1', kind: 'Pod', metadata: {namespace, name}});
  // It runs since the lab is up.
  return (status as {podIP: string}).podIP;
}
