import {Waits} from '../../kube/autoscaler.ts';
import {osOfNode} from '../../kube/os.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, skip} from '../define.ts';
import {missingLinuxNodes} from './shared/linux-nodes.ts';

export default defineCheck({
  id: 'CLD003',
  name: 'no-linux-node',
  severity: 'error',
  since: '0.1.0',
  title: 'The cluster has no Linux node',
  evidence: ['A'],
  needs: ['nodes'],
  // Of a part of the nodes nobody knows whether the rest is Linux.
  wants: ['nodes', 'pods', 'events'],
  docs: {
    what: 'A cluster with Windows nodes needs at least one Linux node. While an autoscaler is bringing one up, this is information.',
    why: "CoreDNS, the network's and the storage's controllers and most webhooks run on Linux only: without a Linux node no name resolves and nothing new starts.",
    fix: [
      'Add a Linux node pool of two small nodes; every provider demands one anyway.',
      'Where it scales to zero, set its minimum to one: an autoscaler that runs on it cannot bring it back.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/windows/intro/#windows-nodes-in-kubernetes',
      'https://docs.aws.amazon.com/eks/latest/userguide/windows-support.html',
    ],
  },
  *run({nodes, wants, now}): Iterable<Outcome> {
    const missing = missingLinuxNodes(wants.nodes, wants.pods, new Waits(wants.events, now));
    const linux = nodes.find(n => osOfNode(n) === 'linux');
    if (missing) yield missing('CoreDNS and the controllers of network and storage run on Linux only');
    else if (linux) yield pass(linux);
    else yield skip('no Windows node is known');
  },
});
