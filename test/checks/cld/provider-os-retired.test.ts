import check from '../../../src/checks/cld/provider-os-retired.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {aksCluster, eksCluster} from '../../helpers/providers.ts';

const nodes = {severity: 'warning' as const, subjects: ['Node//win-1', 'Node//win-2']};

checkCases({
  check,
  finds: {
    'a date that has passed': () => [
      aksCluster().changeAll('Node', n => {
        if (n.metadata.name !== 'linux-0') n.status.nodeInfo.kernelVersion = '10.0.17763.6532';
      }),
      {...nodes, says: /Windows2019 on AKS ended on 2026-03-01/},
    ],
    'the day itself': () => [aksCluster().at('2028-06-30T00:00:00Z'), {...nodes, says: /ended/}],
    'a date 90 days ahead': () => [aksCluster().at('2028-04-01T00:00:00Z'), {...nodes, says: /in 90 d/}],
  },
  passes: {
    'a date far ahead': () => aksCluster(),
    'a date 91 days ahead': () => aksCluster().at('2028-03-31T00:00:00Z'),
    'a provider that states no date': () => eksCluster(),
    "nobody's cluster": () => healthy(),
  },
  unknown: {'the nodes may not be listed': () => [aksCluster().without('nodes'), 'nodes']},
});
