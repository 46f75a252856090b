import check from '../../../src/checks/net/node-isolated.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Which} from '../../helpers/probing.ts';
import {overIPv6, probed, probedDualFleet, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

const between: Which = p => p.to.node !== undefined && p.to.node !== p.from.node;
const cut =
  (node: string, host = true): Which =>
  p =>
    between(p) && (p.from.node === node || p.to.node === node) && (host || p.leg !== 'host');

checkCases({
  check,
  finds: {
    'a node is cut off': () => [
      probedFleet(p => p.fail(cut('win-0'))),
      {
        severity: 'error',
        subjects: ['Node//win-0'],
        cause: 'both directions',
        says: /^Node win-0 is isolated: all \d+ connections to and from it failed; its host is not reached either$/,
      },
    ],
    'the network of its pods alone is at fault': () => [
      probedFleet(p => p.fail(cut('win-0', false))),
      {subjects: ['Node//win-0'], says: /its host is reached, so the network of pods is at fault/},
    ],
    'a node receives nothing': () => [
      probedFleet(p => p.fail(q => between(q) && q.leg !== 'host' && q.to.node === 'linux-3')),
      {subjects: ['Node//linux-3'], cause: 'receives nothing', says: /reached from no other node/},
    ],
    'a node sends nothing': () => [
      probedFleet(p => p.fail(q => between(q) && q.from.node === 'linux-3')),
      {subjects: ['Node//linux-3'], cause: 'sends nothing'},
    ],
    'IPv6 alone does not get to a node': () => [
      probedDualFleet(p => p.fail(q => overIPv6(q) && cut('win-0', false)(q))),
      {
        subjects: ['Node//win-0'],
        cause: 'both directions',
        says: /^Node win-0 is isolated: all \d+ connections over IPv6 to and from it failed; its host is reached, so the network of pods is at fault$/,
      },
    ],
    'zones do not reach one another': () => [
      probedFleet(p => p.fail(q => between(q) && zone(q.from.node) === 0 && zone(q.to.node ?? '') === 1)),
      {
        subjects: ['Node//linux-1', 'Node//linux-7', 'Node//win-10', 'Node//win-4'],
        cause: 'between zones',
        says: /^Nothing goes from zone z0 to zone z1/,
      },
    ],
    'a zone is reached from nowhere': () => [
      probedFleet(p => p.fail(q => between(q) && zone(q.from.node) !== 1 && zone(q.to.node ?? '') === 1)),
      {
        subjects: ['Node//linux-1', 'Node//linux-7', 'Node//win-10', 'Node//win-4'],
        cause: 'zone: receives nothing',
        says: /^Nodes of zone z1 are reached from no other: all \d+ connections to them failed$/,
      },
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'both families get through': () => probedDualFleet(() => undefined),
    'one link is broken': () =>
      probedFleet(p => {
        const link = p.plan.probes.find(between);
        p.fail(q => q.id === link?.id);
      }),
    'a node refuses everything, and so is reached': () =>
      probedFleet(p => p.fail(q => between(q) && q.to.node === 'win-0', 'refused')),
  },
  unknown: UNSEEN,
});

function zone(node: string): number {
  return Number(node.split('-')[1]) % 3;
}
