import check from '../../../src/checks/net/pod-to-pod-other-node.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import type {Raw} from '../../helpers/raw.ts';
import {of, probed, probedFleet} from '../../helpers/probing.ts';
import {UNSEEN} from './unseen.ts';

/** Nothing comes in. */
const denyAll: Raw = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {namespace: 'shop', name: 'deny'},
  spec: {podSelector: {}, policyTypes: ['Ingress']},
};
const toWeb = (p: {leg: string; to: {of: {namespace?: string}}}): boolean =>
  p.leg === 'pod-other-node' && p.to.of.namespace === 'shop';

checkCases({
  check,
  finds: {
    'one link is broken': () => [
      probedFleet(p => {
        const link = p.plan.probes.find(of('pod-other-node'));
        p.fail(probe => probe.id === link?.id);
      }),
      {severity: 'error', subjects: ['Pod/shop/web-0-1'], cause: 'no answer'},
    ],
    'pods refuse what they are to serve': () => [
      probed(healthy(), p => p.fail(toWeb, 'refused')),
      {subjects: ['Pod/shop/web-0', 'Pod/shop/web-1'], cause: 'refused'},
    ],
  },
  passes: {
    'a healthy cluster': () => probed(healthy()),
    'a policy forbids it': () => probed(healthy().add(denyAll), p => p.fail(toWeb)),
    'a whole node is cut off, which is told of the node': () =>
      probedFleet(p =>
        p.fail(q => q.leg === 'pod-other-node' && (q.from.node === 'win-0' || q.to.node === 'win-0')),
      ),
  },
  unknown: UNSEEN,
});
