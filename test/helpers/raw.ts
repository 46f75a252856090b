/** Objects of a healthy cluster as the API server answers them: JSON, every field open to change. */

// oxlint-disable-next-line typescript/no-explicit-any -- tests break objects in ways that no type allows
export type Json = any;

export interface Raw {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace?: string; [field: string]: Json};
  [field: string]: Json;
}

/** The moment at which the healthy cluster was looked at. */
export const NOW = '2026-09-01T12:00:00Z';

/** A time so many seconds before `NOW`. */
export function ago(seconds: number): string {
  return new Date(Date.parse(NOW) - seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Seconds. */
export const DAY = 86_400;

export function namespace(name: string, labels: Record<string, string> = {}): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name, labels: {'kubernetes.io/metadata.name': name, ...labels}},
    status: {phase: 'Active'},
  };
}

/** A Service with its EndpointSlice over the pods given. */
export function service(
  at: {namespace: string; name: string},
  clusterIP: string,
  port: number,
  pods: Raw[],
): Raw[] {
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {...at, uid: `svc-${at.namespace}-${at.name}`, creationTimestamp: ago(20 * DAY)},
      spec: {
        type: 'ClusterIP',
        clusterIP,
        clusterIPs: [clusterIP],
        selector: {app: pods[0]?.metadata['labels'].app},
        ports: [{name: 'main', port, targetPort: port, protocol: 'TCP'}],
        internalTrafficPolicy: 'Cluster',
        sessionAffinity: 'None',
      },
      status: {loadBalancer: {}},
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {...at, name: `${at.name}-abcde`, labels: {'kubernetes.io/service-name': at.name}},
      addressType: 'IPv4',
      endpoints: pods.map(p => ({
        addresses: [p['status'].podIP],
        conditions: {ready: true, serving: true, terminating: false},
        nodeName: p['spec'].nodeName,
        targetRef: {kind: 'Pod', namespace: at.namespace, name: p.metadata.name},
      })),
      ports: [{name: 'main', port, protocol: 'TCP'}],
    },
  ];
}

/** An event of the last minutes. */
export function event(
  of: Raw,
  reason: string,
  message: string,
  more: {
    type?: string;
    component?: string;
    count?: number;
    host?: string;
    last?: string;
    first?: string;
  } = {},
): Raw {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${of.metadata.name}.${reason.toLowerCase()}.${message.length}`,
      namespace: of.metadata.namespace ?? 'default',
    },
    type: more.type ?? 'Warning',
    reason,
    message,
    involvedObject: {
      apiVersion: of.apiVersion,
      kind: of.kind,
      name: of.metadata.name,
      ...(of.metadata.namespace !== undefined && {namespace: of.metadata.namespace}),
    },
    source: {component: more.component ?? 'kubelet', host: more.host ?? ''},
    count: more.count ?? 5,
    firstTimestamp: more.first ?? ago(600),
    lastTimestamp: more.last ?? ago(30),
  };
}
