import check from '../../../src/checks/cib/ci-autopilot.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {ciFarm} from '../../helpers/ci.ts';
import {linuxNode} from '../../helpers/raw-nodes.ts';

const google = () =>
  ciFarm().changeAll('Node', n => {
    n.metadata.labels['cloud.google.com/gke-nodepool'] = 'pool';
  });

checkCases({
  check,
  finds: {
    'a node of Autopilot': () => {
      const node = linuxNode('gk3-farm-pool-1-0a1b', 3);
      node.metadata['labels']['cloud.google.com/gke-nodepool'] = 'pool-1';
      return [google().add(node), {severity: 'warning', subjects: ['Cluster//cluster'], says: /1 of 4/}];
    },
  },
  passes: {
    'a Standard cluster': () => google(),
    'a node named alike elsewhere': () => ciFarm().add(linuxNode('gk3-mine', 3)),
  },
  unknown: {'the nodes may not be listed': () => [ciFarm().without('nodes'), 'nodes']},
});
