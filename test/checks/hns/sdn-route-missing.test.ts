import check from '../../../src/checks/hns/sdn-route-missing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import type {TestCluster} from '../../helpers/cluster.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {POD_ENDPOINT, changeHns, inBoth, onWin1} from '../../helpers/hns-changes.ts';
import type {Json} from '../../helpers/raw.ts';

const ROUTE = {Type: 'SDNRoute', Settings: {DestinationPrefix: '10.96.0.0/12', NeedEncap: true}};
const gives = (...values: Json[]): TestCluster =>
  onWin1(n =>
    n.change('cni/10-flannel.conflist', c => {
      c.plugins[0].delegate.AdditionalArgs = values.map(Value => ({Name: 'EndpointPolicy', Value}));
    }),
  );
const without = (types: RegExp, cluster: TestCluster): TestCluster =>
  cluster.onNode('win-1', n =>
    changeHns(
      n,
      'endpoints',
      inBoth(POD_ENDPOINT, e => (e.Policies = e.Policies.filter((p: Json) => !types.test(p.Type)))),
    ),
  );

checkCases({
  check,
  finds: {
    'the route to Services': () => [
      without(/ROUTE|SDNRoute/, gives(ROUTE)),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'route',
        says: /win-1 has 1 endpoint of pods without the route to 10\.96\.0\.0\/12/,
      },
    ],
    'a route to a part of it only': () => [
      gives({Type: 'ROUTE', DestinationPrefix: '10.0.0.0/8', NeedEncap: true}),
      {subjects: ['Node//win-1'], cause: 'route'},
    ],
    'the provider address': () => [
      without(/^(?:PA|ProviderAddress)$/, gives({Type: 'PA', PA: '192.168.10.11'})),
      {subjects: ['Node//win-1'], cause: 'provider address', says: /without a provider address/},
    ],
  },
  passes: {
    'the CNI gives none': () => without(/ROUTE|SDNRoute/, healthyWithAgents()),
    'what the CNI gives is there': () => gives(ROUTE),
    'a route to more than that': () =>
      gives({Type: 'ROUTE', DestinationPrefix: '10.96.0.0/16', NeedEncap: true}),
    'it stands in an object of its own': () =>
      without(/ROUTE|SDNRoute/, gives(ROUTE)).onNode('win-1', n =>
        n.set('hns/sdnroutes.json', [
          {
            ID: '0DADA000-0000-4000-8000-000000000001',
            HostComputeEndpoints: [n.get('hns/endpoints.json')[0].ID],
            Routes: [{DestinationPrefix: '10.96.0.0/12', NeedEncap: true}],
          },
        ]),
      ),
    'Azure’s plug-in without routes': () =>
      without(/ROUTE|SDNRoute/, healthyWithAgents()).onNode('win-1', n =>
        n
          .remove('cni/10-flannel.conflist')
          .set('cni/10-azure.conflist', {name: 'flannel.4096', plugins: [{type: 'azure-vnet'}]}),
      ),
  },
  unknown: {
    'only a part of the endpoints came': () => [
      without(/ROUTE|SDNRoute/, gives(ROUTE)).onNode('win-1', n =>
        n.partly('hns/endpoints.json').partly('hns/v1-endpoints.json'),
      ),
      'node.hns.endpoints',
    ],

    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'the CNI configuration may not be read': () => [
      onWin1(n => n.without('cni/10-flannel.conflist').without('cni/bin.json')),
      'node.cni',
    ],
  },
});
