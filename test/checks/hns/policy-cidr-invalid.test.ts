import check from '../../../src/checks/hns/policy-cidr-invalid.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {POD_ENDPOINT, hnsOf, inBoth, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const exceptions = (...networks: string[]) =>
  hnsOf(
    'endpoints',
    inBoth(POD_ENDPOINT, endpoint => {
      for (const policy of endpoint.Policies) {
        if (policy.Type !== 'OutBoundNAT') continue;
        if (policy.Settings) policy.Settings.Exceptions = networks;
        else policy.ExceptionList = networks;
      }
    }),
  );
const conf = (value: Json) =>
  onWin1(n =>
    n.change('cni/10-flannel.conflist', c => {
      c.plugins[0].delegate.AdditionalArgs = [{Name: 'EndpointPolicy', Value: value}];
    }),
  );

checkCases({
  check,
  finds: {
    'an exception that nobody filled in': () => [
      exceptions('10.244.0.0/16', '<SERVICE_CIDR>'),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        says: /A policy in endpoint `.*_flannel\.4096` of win-1 has `<SERVICE_CIDR>`, which is no network/,
      },
    ],
    'a prefix longer than addresses are': () => [exceptions('10.244.0.0/33'), {subjects: ['Node//win-1']}],
    'a placeholder in the CNI configuration': () => [
      conf({Type: 'ROUTE', DestinationPrefix: '__K8S_SERVICE_CIDR__', NeedEncap: true}),
      {
        subjects: ['Node//win-1'],
        says: /the CNI configuration `10-flannel\.conflist` of win-1 has `__K8S_SERVICE_CIDR__`/,
      },
    ],
    'a provider address that is none': () => [
      conf({Type: 'ProviderAddress', Settings: {ProviderAddress: 'ip of host'}}),
      {subjects: ['Node//win-1'], says: /`ip of host`/},
    ],
    'the route of a network': () => [
      hnsOf('networks', {
        v2: ([network]) =>
          network.Policies.push({Type: 'RemoteSubnetRoute', Settings: {DestinationPrefix: 'none'}}),
      }),
      {subjects: ['Node//win-1'], says: /network `flannel\.4096` of win-1 has `none`/},
    ],
  },
  passes: {
    'all are networks': () => healthyWithAgents(),
    'a single address, and IPv6': () => exceptions('192.168.10.11', '10.244.0.0/16', 'fd12:3456::/64'),
    'policies that name no networks': () => conf({Type: 'L2Driver'}),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.endpoints'],
    'the CNI configuration may not be read': () => [
      onWin1(n => n.without('cni/10-flannel.conflist').without('cni/bin.json')),
      'node.cni',
    ],
  },
});
