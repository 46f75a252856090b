import type {Json, Raw} from '../raw.ts';

/** IPv4 or IPv6: kube-proxy is one program for each. */
export type Family = 'IPv4' | 'IPv6';

/** One port of a Service, as kube-proxy keeps it by namespace, Service and port name. */
export interface ServicePort {
  /** `namespace/name:port`. */
  key: string;
  clusterIp: string;
  protocol: number;
  port: number;
  /** 0 where the Service names it. */
  targetPort: number;
  nodePort: number;
  externalIps: string[];
  ingressIps: string[];
  healthCheckNodePort: number;
  clientIp: boolean;
  internalLocal: boolean;
  externalLocal: boolean;
  preserveDestination: boolean;
}

const PROTOCOLS: Record<string, number> = {TCP: 6, UDP: 17, SCTP: 132};

/** Ports of the Services that kube-proxy serves in one family; an `old` one does not know `ipMode`. */
export function servicePortsOf(services: readonly Raw[], family: Family, old: boolean): ServicePort[] {
  return services.flatMap(service => {
    const {metadata} = service;
    const spec: Json = service['spec'];
    if (metadata['labels']?.['service.kubernetes.io/service-proxy-name'] !== undefined) return [];
    if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return [];
    const clusterIp: string | undefined = ofFamily(spec.clusterIPs, family)[0];
    if (clusterIp === undefined) return [];
    const ingress: Json[] = service['status'].loadBalancer?.ingress ?? [];
    const external = spec.type !== 'ClusterIP' || spec.externalIPs !== undefined;
    return spec.ports.map((port: Json): ServicePort => ({
      key: keyOf(metadata.namespace, metadata.name, port.name),
      clusterIp,
      protocol: PROTOCOLS[port.protocol] ?? 0,
      port: port.port,
      targetPort: typeof port.targetPort === 'number' ? port.targetPort : 0,
      nodePort: port.nodePort ?? 0,
      externalIps: ofFamily(spec.externalIPs ?? [], family),
      ingressIps: ofFamily(
        ingress.filter(i => old || i.ipMode !== 'Proxy').flatMap(i => i.ip ?? []),
        family,
      ),
      healthCheckNodePort: spec.healthCheckNodePort ?? 0,
      clientIp: spec.sessionAffinity === 'ClientIP',
      internalLocal: spec.internalTrafficPolicy === 'Local',
      externalLocal: external && spec.externalTrafficPolicy === 'Local',
      preserveDestination: metadata['annotations']?.['preserve-destination'] === 'true',
    }));
  });
}

/** An endpoint behind a port of a Service. */
export interface Backend {
  ip: string;
  port: number;
  ready: boolean;
  serving: boolean;
  terminating: boolean;
  local: boolean;
}

/** Endpoints by the key of a Service's port, those of all its slices put together. */
export function backendsOf(slices: readonly Raw[], family: Family, node: string): Map<string, Backend[]> {
  const all = new Map<string, Map<string, Backend>>();
  for (const slice of slices) {
    const owner = slice.metadata['labels']?.['kubernetes.io/service-name'];
    if (slice['addressType'] !== family || owner === undefined) continue;
    for (const port of slice['ports']) {
      const key = keyOf(slice.metadata.namespace, owner, port.name);
      const known = all.get(key) ?? new Map<string, Backend>();
      all.set(key, known);
      for (const endpoint of slice['endpoints']) {
        const [ip] = endpoint.addresses;
        const {ready, serving, terminating} = endpoint.conditions ?? {};
        known.set(`${ip} ${port.port}`, {
          ip,
          port: port.port,
          // What is not said is yes, but for ending.
          ready: ready ?? true,
          serving: serving ?? ready ?? true,
          terminating: terminating ?? false,
          local: endpoint.nodeName === node,
        });
      }
    }
  }
  return new Map([...all].map(([key, known]) => [key, [...known.values()]]));
}

function keyOf(namespace = '', name: string, port = ''): string {
  return `${namespace}/${name}:${port}`;
}

function ofFamily(ips: string[], family: Family): string[] {
  return ips.filter(ip => ip.includes(':') === (family === 'IPv6'));
}
