import check from '../../../src/checks/hns/vfp-disabled.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy, healthyWithAgents} from '../../helpers/cluster.ts';
import {hnsOf, onWin1} from '../../helpers/hns-changes.ts';

const VFP = 1;

checkCases({
  check,
  finds: {
    'VFP is disabled on the overlay': () => [
      hnsOf('networks', {v1: ([network]) => (network.Extensions[VFP].IsEnabled = false)}),
      {
        subjects: ['Node//win-1'],
        severity: 'error',
        cause: 'VFP off',
        says: /VFP is disabled on `flannel\.4096` of win-1/,
      },
    ],
    'VFP is not among the extensions': () => [
      hnsOf('networks', {v1: ([network]) => network.Extensions.splice(VFP, 1)}),
      {subjects: ['Node//win-1'], says: /VFP is missing/},
    ],
    'the same on an L2Bridge': () => [
      hnsOf('networks', {
        v2: ([network]) => (network.Type = 'L2Bridge'),
        v1: ([network]) => {
          network.Type = 'L2Bridge';
          network.Extensions[VFP].IsEnabled = false;
        },
      }),
      {subjects: ['Node//win-1']},
    ],
  },
  passes: {
    'it is enabled': () => healthyWithAgents(),
    'it is known by its id, whatever its name': () =>
      hnsOf('networks', {
        v1: ([network]) => (network.Extensions[VFP].Name = 'Microsoft Azure-VFP-Switcherweiterung'),
      }),
    'the id of Windows Server 2019': () =>
      hnsOf('networks', {
        v1: ([network]) => (network.Extensions[VFP].Id = 'E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017'),
      }),
    'NAT needs no VFP': () =>
      hnsOf('networks', {
        v2: ([network]) => (network.Type = 'NAT'),
        v1: ([network]) => {
          network.Type = 'nat';
          network.Extensions[VFP].IsEnabled = false;
        },
      }),
    'eBPF stands in for it': () =>
      hnsOf('networks', {v1: ([network]) => (network.Extensions[VFP].IsEnabled = false)}).onNode('win-1', n =>
        n.change('services.json', s =>
          s.push({name: 'ebpfcore', state: 'Running'}, {name: 'wtc', state: 'Running'}),
        ),
      ),
    'Open vSwitch stands in for it': () =>
      hnsOf('networks', {
        v1: ([network]) => {
          network.Extensions[VFP] = {
            Id: '583CC151-73EC-4A6A-8B47-578297AD7623',
            IsEnabled: true,
            Name: 'OVS',
          };
        },
      }),
  },
  unknown: {
    'no agent was asked': () => [healthy(), 'node.hns.networks'],
    'v1, which alone knows extensions, did not answer': () => [
      onWin1(n => n.without('hns/v1-networks.json', 'failed', 'HNS answered with an error')),
      'node.hns.networks',
    ],
  },
});
