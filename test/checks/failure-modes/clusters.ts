import type {TestCluster} from '../../helpers/cluster.ts';
import {healthyWithAgents} from '../../helpers/cluster.ts';
import type {Json} from '../../helpers/raw.ts';
import {isBalancer} from '../../helpers/service-changes.ts';

const WEB = isBalancer('10.96.30.1', 80);

/** The healthy cluster, whose `win-1` runs another build of Windows. */
export function kernel(version: string): TestCluster {
  return healthyWithAgents().change('Node', 'win-1', n => (n.status.nodeInfo.kernelVersion = version));
}

/** A node of Windows Server 2019 with its own images, which Kubernetes 1.35 does not list any more (NOD002). */
export function server2019(): TestCluster {
  return kernel('10.0.17763.1457')
    .change('Node', 'win-1', n => (n.metadata.labels['node.kubernetes.io/windows-build'] = '10.0.17763'))
    .onNode('win-1', n => {
      n.change('system.json', system => Object.assign(system, {build: 17_763, ubr: 1457}));
      n.change('cri/pause.json', pause => (pause.image.osVersion = '10.0.17763.1457'));
      n.change('cri/images.json', ({images}) => {
        for (const {info} of images) info.imageSpec['os.version'] = '10.0.17763.1457';
      });
    });
}

/** `shop/web` behind an address of its own, with policy Local and one pod, on `win-1`: everything agrees. */
export function scaledToOneNode(): TestCluster {
  const gone = String(healthyWithAgents().get('Pod', 'shop/web-1')['status'].podIP);
  const cluster = healthyWithAgents()
    .change('Service', 'shop/web', s => {
      s.spec.type = 'LoadBalancer';
      s.spec.externalTrafficPolicy = 'Local';
    })
    .change('EndpointSlice', 'shop/web-abcde', s => s.endpoints.splice(1))
    .onNode('win-1', n => {
      for (const file of ['hns/endpoints.json', 'hns/v1-endpoints.json'])
        n.set(
          file,
          n.get(file).filter((e: Json) => (e.IPAddress ?? e.IpConfigurations[0].IpAddress) !== gone),
        );
    });
  for (const name of ['win-1', 'win-2']) {
    cluster.onNode(name, n => {
      for (const file of ['hns/loadbalancers.json', 'hns/v1-policylists.json'])
        for (const raw of n.get(file)) if (WEB(raw)) (raw.HostComputeEndpoints ?? raw.References).pop();
    });
  }
  return cluster;
}
