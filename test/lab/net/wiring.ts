import {POD_MTU, POD_NETWORKS, ROUTER, TUNNEL, type NetNode, type NetPod} from './topology.ts';

/** Lines for `ip -batch`, for `bridge -batch`, and the arguments of iptables and ip6tables, of one namespace. */
export interface Wiring {
  readonly ip: readonly string[];
  readonly bridge?: readonly string[];
  readonly iptables?: readonly (readonly string[])[];
}

/** The bridge that nodes are plugged into. `fileOf` names the file of a node's namespace. */
export function routerWiring(nodes: readonly NetNode[], fileOf: (node: string) => string): Wiring {
  return {
    ip: [
      'link set lo up',
      'link add under0 type bridge',
      `addr add ${ROUTER.ip}/24 dev under0`,
      `addr add ${ROUTER.ip6}/64 dev under0 nodad`,
      'link set under0 up',
      ...nodes.flatMap(({name}) => [
        `link add to-${name} type veth peer name eth0 netns ${fileOf(name)}`,
        `link set to-${name} master under0 up`,
      ]),
    ],
  };
}

/** A node: its address, and a tunnel to every other as flannel makes it. */
export function nodeWiring(node: NetNode, nodes: readonly NetNode[]): Wiring {
  const others = nodes.filter(other => other !== node);
  const {name: tunnel, vni, port} = TUNNEL;
  return {
    ip: [
      'link set lo up',
      `addr add ${node.ip}/24 dev eth0`,
      `addr add ${node.ip6}/64 dev eth0 nodad`,
      'link set eth0 up',
      `route add default via ${ROUTER.ip}`,
      `route add default via ${ROUTER.ip6}`,
      `link add ${tunnel} type vxlan id ${vni} local ${node.ip} dev eth0 dstport ${port} nolearning`,
      `link set ${tunnel} address ${node.mac} mtu ${POD_MTU} up`,
      `addr add ${node.tunnelIp}/32 dev ${tunnel}`,
      `addr add ${node.tunnelIp6}/128 dev ${tunnel} nodad`,
      // Where no pod has an address, nobody else is to be asked for it.
      `route add unreachable ${node.podCidr}`,
      `route add unreachable ${node.podCidr6}`,
      ...others.flatMap(to => [
        `neigh add ${to.tunnelIp} lladdr ${to.mac} dev ${tunnel} nud permanent`,
        `neigh add ${to.tunnelIp6} lladdr ${to.mac} dev ${tunnel} nud permanent`,
        routeTo(to),
        `route add ${to.podCidr6} via ${to.tunnelIp6} dev ${tunnel} onlink`,
      ]),
    ],
    bridge: others.map(to => `fdb append ${to.mac} dev ${tunnel} dst ${to.ip}`),
    iptables: POD_NETWORKS.map(network => {
      const program = network.includes(':') ? 'ip6tables' : 'iptables';
      return `${program} -t nat -A POSTROUTING -s ${network} ! -d ${network} -j MASQUERADE`.split(' ');
    }),
  };
}

/** The route by which a node reaches the pods of another. */
export function routeTo({podCidr, tunnelIp}: NetNode): string {
  return `route add ${podCidr} via ${tunnelIp} dev ${TUNNEL.name} onlink`;
}

/** A pod on the side of its node: a line of its own to it, so that all that a pod sends is routed by the node. */
export function podLink({node, ip, ip6}: NetPod, file: string): Wiring {
  const device = deviceOf(ip);
  return {
    ip: [
      `link add ${device} type veth peer name eth0 netns ${file}`,
      `link set ${device} mtu ${POD_MTU} up`,
      `addr add ${node.gateway}/32 dev ${device}`,
      `addr add ${node.gateway6}/128 dev ${device} nodad`,
      `route add ${ip}/32 dev ${device} src ${node.gateway}`,
      `route add ${ip6}/128 dev ${device}`,
    ],
  };
}

/** A pod's own side. */
export function podWiring({node, ip, ip6}: NetPod): Wiring {
  return {
    ip: [
      'link set lo up',
      `link set eth0 mtu ${POD_MTU} up`,
      `addr add ${ip}/32 dev eth0`,
      `addr add ${ip6}/128 dev eth0 nodad`,
      `route add ${node.gateway} dev eth0`,
      `route add default via ${node.gateway}`,
      `route add ${node.gateway6} dev eth0`,
      `route add default via ${node.gateway6}`,
    ],
  };
}

/** The device of a pod on its node. */
export function deviceOf(ip: string): string {
  return `pod-${ip.split('.').slice(2).join('-')}`;
}
