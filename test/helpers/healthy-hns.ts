import type {Backend} from './healthy-hns-facts.ts';
import {SERVICES, V2_SCHEMA, VERSION, hnsGuid, sourceVipOf} from './healthy-hns-facts.ts';
import {endpointV1, endpointV2, endpointsOf, networkV1, networkV2} from './healthy-hns-objects.ts';
import {idOf, netnsOf} from './healthy-runtime.ts';
import type {Json} from './raw.ts';

/** What HNS has on a healthy node with flannel's overlay and one pod, as v1 and v2 answer: files below its folder. */
export function healthyHns(node: string, pod: {namespace: string; name: string}): Record<string, Json> {
  const endpoints = endpointsOf(node, pod);
  const balancers = SERVICES.flatMap(service => service.protocols.map(protocol => ({...service, protocol})));
  const idsOf = (backends: readonly Backend[]) => backends.map(b => hnsGuid(node, `endpoint/${b.name}`));
  return {
    'hns/version.json': {Major: 13, Minor: 3},
    'hns/errors.json': [],
    'hns/networks.json': [networkV2(node)],
    'hns/v1-networks.json': [networkV1(node)],
    'hns/endpoints.json': endpoints.map(e => endpointV2(node, e)),
    'hns/v1-endpoints.json': endpoints.map(e => endpointV1(node, e)),
    'hns/namespaces.json': [
      {
        ID: hnsGuid(node, 'namespace/host').toUpperCase(),
        NamespaceId: 1,
        Type: 'HostDefault',
        Resources: [],
        SchemaVersion: V2_SCHEMA,
      },
      {
        ID: netnsOf(pod.name).toUpperCase(),
        NamespaceId: 2,
        Type: 'Host',
        Resources: [
          {Type: 'Container', Data: {Id: idOf(pod.name)}},
          {Type: 'Endpoint', Data: {Id: hnsGuid(node, `endpoint/${pod.name}`).toUpperCase()}},
        ],
        SchemaVersion: V2_SCHEMA,
      },
    ],
    'hns/v1-namespaces.json': [
      {
        ID: hnsGuid(node, 'namespace/host').toUpperCase(),
        CompartmentId: 1,
        IsDefault: true,
        Containers: [],
        State: 1,
        Version: VERSION,
      },
      {
        ID: netnsOf(pod.name).toUpperCase(),
        CompartmentId: 2,
        IsDefault: false,
        Containers: [idOf(pod.name)],
        ResourceList: [{Type: 'Endpoint', Data: {Id: hnsGuid(node, `endpoint/${pod.name}`).toUpperCase()}}],
        State: 1,
        Version: VERSION,
      },
    ],
    'hns/loadbalancers.json': balancers.map(({vip, port, protocol, backends}) => ({
      ID: hnsGuid(node, `loadbalancer/${vip}/${protocol}`),
      HostComputeEndpoints: idsOf(backends),
      SourceVIP: sourceVipOf(node),
      FrontendVIPs: [vip],
      PortMappings: [
        {Protocol: protocol, InternalPort: port, ExternalPort: port, DistributionType: 0, Flags: 0},
      ],
      Flags: 0,
      SchemaVersion: V2_SCHEMA,
    })),
    'hns/v1-policylists.json': balancers.map(({vip, port, protocol, backends}) => ({
      ID: hnsGuid(node, `loadbalancer/${vip}/${protocol}`).toUpperCase(),
      HostComputeNetwork: hnsGuid(node, 'network').toUpperCase(),
      IsApplied: false,
      Policies: [
        {
          Type: 'ELB',
          Protocol: protocol,
          InternalPort: port,
          ExternalPort: port,
          SourceVIP: sourceVipOf(node),
          VIPs: [vip],
        },
      ],
      References: idsOf(backends).map(id => `/endpoints/${id}`),
      State: 2,
      Version: VERSION,
    })),
    'hns/sdnroutes.json': [],
    'hns/portpools.json': {},
  };
}
