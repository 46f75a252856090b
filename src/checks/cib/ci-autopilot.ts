import {providerOf} from '../../kube/provider.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, pass, ref, skip} from '../define.ts';
import {BUILD_INFRASTRUCTURE} from './shared/links.ts';

/** Nodes of an Autopilot cluster are named so; those of a Standard one start with `gke-`. */
const AUTOPILOT_NODE = /^gk3-/;
const SHOWN = 3;

export default defineCheck({
  id: 'CIB012',
  name: 'ci-autopilot',
  severity: 'warning',
  since: '0.1.0',
  title: 'The build farm is a GKE Autopilot cluster',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'Recognises GKE Autopilot by the names of its nodes (`gk3-…`).',
    why: "Autopilot has no Windows nodes and no privileged pods, so neither Windows builds nor Docker in Docker can run, and it raises requests to limits for every container of a stage, all steps summed up, which costs more. (The sums in the vendor's own example are wrong: its list gives 18 GB and 8 CPUs.)",
    fix: ['Use a Standard cluster with a Linux pool for the delegate and a Windows pool for the builds.'],
    links: [
      BUILD_INFRASTRUCTURE,
      'https://cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview',
    ],
  },
  *run({nodes}): Iterable<Outcome> {
    if (providerOf(nodes) !== 'gke') {
      yield skip('the cluster is not on GKE');
      return;
    }
    const autopilot = nodes.filter(n => AUTOPILOT_NODE.test(n.metadata.name));
    const [first] = nodes;
    if (autopilot.length === 0 && first) yield pass(first);
    if (autopilot.length === 0) return;
    yield {
      status: 'fail',
      subject: {kind: 'Cluster', name: 'cluster'},
      cause: 'autopilot',
      message: `${autopilot.length} of ${nodes.length} nodes are of GKE Autopilot, which has neither Windows nodes nor privileged pods`,
      evidence: autopilot.slice(0, SHOWN).map(node => ref(node, '/metadata/name', node.metadata.name)),
    };
  },
});
