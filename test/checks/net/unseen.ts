import {healthy} from '../../helpers/cluster.ts';
import type {Cases} from '../../helpers/check-cases.ts';
import {probedFleet} from '../../helpers/probing.ts';

/** What every check of connections does not know: nothing was tried, or the agent of a node went away. */
export const UNSEEN: Cases['unknown'] = {
  'nothing was tried': () => [healthy(), 'probes'],
  'an agent went away in the middle': () => [
    probedFleet(
      p => p.lose('win-0').lose('linux-1'),
      {targets: [{host: 'example.test', port: 443, protocol: 'tcp'}]},
      4,
    ),
    'probes',
  ],
};
