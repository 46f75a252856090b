import type {ExpectedBackend} from './load-balancer.ts';
import type {ServiceEndpoint, ServicePortView} from './service-ports.ts';

/** What of a Service decides where its traffic may go. */
export interface Policies {
  /** `externalTrafficPolicy: Local`, where HNS can do direct server return. */
  externalLocal: boolean;
  internalLocal: boolean;
  /** Annotation `preserve-destination`, where HNS can do direct server return. */
  preserveDestination: boolean;
}

/** Backends of each kind of load balancer of one port on one node. */
export interface Backends {
  clusterIp: ExpectedBackend[];
  nodePort: ExpectedBackend[];
  externalIp: ExpectedBackend[];
  ingress: ExpectedBackend[];
  /** False where everything ends or serves nobody: kube-proxy then makes none but the one of the cluster IP. */
  available: boolean;
}

/** Whether what a port comes to depends on the node. */
export function dependsOnNode({externalLocal, internalLocal, preserveDestination}: Policies): boolean {
  return externalLocal || internalLocal || preserveDestination;
}

/**
 * Chooses backends as `syncProxyRules` does (pkg/proxy/winkernel/proxier.go, 1.35): the ready ones; for Services with an
 * ingress address those that serve while all end, and everything where nothing serves. What only some versions take is
 * optional.
 */
export function backendsOf(view: ServicePortView, policies: Policies, node: string): Backends {
  const {externalLocal, internalLocal, preserveDestination} = policies;
  const {endpoints} = view;
  const isLocal = ({nodeName}: {nodeName?: string}): boolean => nodeName === node;
  const counted = externalLocal ? endpoints.filter(isLocal) : endpoints;
  const hasIngress = view.ingressIps.length > 0;
  const allEnding = hasIngress && counted.every(e => e.terminating || !e.ready);
  const noneServes = hasIngress && !counted.some(e => e.serving);
  const reachable = internalLocal && externalLocal ? endpoints.filter(isLocal) : endpoints;
  const someReady = reachable.some(e => e.ready);
  const isChosen = (e: ServiceEndpoint): boolean =>
    e.ready || noneServes || (allEnding && e.serving) || (!someReady && e.serving && e.terminating);
  const all = reachable.filter(isChosen).map(toBackend);
  const local = all.filter(isLocal);
  return {
    clusterIp: internalLocal ? local : all,
    nodePort: externalLocal || preserveDestination ? local : all,
    externalIp: externalLocal ? local : all,
    ingress: externalLocal || preserveDestination ? local : all,
    available: !allEnding && !noneServes,
  };
}

function toBackend({ip, port, nodeName, ready, serving}: ServiceEndpoint): ExpectedBackend {
  return {ip, port, ...(nodeName !== undefined && {nodeName}), optional: !ready || !serving};
}
