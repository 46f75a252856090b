import {Waits, isPending} from '../../kube/autoscaler.ts';
import {osOfNode} from '../../kube/os.ts';
import {Placements, placedSpecs} from '../../kube/placement.ts';
import type {Workload} from '../../kube/workloads.ts';
import {idOf} from '../../kube/workloads.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, skip, specRef} from '../define.ts';
import {missingLinuxNodes} from '../cld/shared/linux-nodes.ts';
import {WINDOWS_BUILDS} from './shared/links.ts';

export default defineCheck({
  id: 'CIB001',
  name: 'ci-no-linux-node',
  severity: 'error',
  since: '0.1.0',
  title: 'The build farm has no Linux node for its delegate',
  evidence: ['A'],
  needs: ['nodes'],
  wants: ['nodes', 'workloads', 'ciRequest', 'events', 'pods', 'runtimeClasses', 'namespaces'],
  docs: {
    what: 'The cluster must have a Linux node, and where `--delegate` names the delegate, one that its pod may go to: by its node selector and affinity, and past the taints. While an autoscaler is bringing a node up, this is information.',
    why: 'The delegate, which starts every build, runs on Linux only; without it Windows builds never begin.',
    fix: [
      'Add a Linux node pool beside the Windows pool, as small as the delegate needs.',
      'Pin the delegate to it with `nodeSelector: {kubernetes.io/os: linux}` and, where the pool is tainted, a matching toleration.',
    ],
    links: [WINDOWS_BUILDS],
  },
  *run({nodes, wants, now, source}): Iterable<Outcome> {
    const waits = new Waits(wants.events, now);
    const missing = missingLinuxNodes(wants.nodes, wants.pods, waits);
    if (missing) {
      yield missing('the delegate and the controllers of the build farm run on Linux only');
      return;
    }
    const request = wants.ciRequest.ok ? wants.ciRequest.value.delegate : undefined;
    const linux = nodes.find(n => osOfNode(n) === 'linux');
    if (!linux) {
      yield skip('no Windows node is known');
      return;
    }
    yield pass(linux);
    // The node that takes the delegate may be among those that were not read.
    if (!wants.nodes.ok || wants.nodes.partial) return;
    if (!request || !wants.workloads.ok) return;
    const delegate = wants.workloads.value.find(
      ({owner: {metadata}}) => metadata.namespace === request.namespace && metadata.name === request.name,
    );
    if (!delegate) return;
    const placements = new Placements({
      nodes: wants.nodes,
      runtimeClasses: wants.runtimeClasses,
      namespaces: wants.namespaces,
      source,
    });
    yield judgeDelegate(delegate, placements, waits);
  },
});

function judgeDelegate(delegate: Workload, placements: Placements, waits: Waits): Outcome {
  for (const view of placedSpecs(delegate)) {
    if (placements.of(view).allowed.linux.length > 0) continue;
    const pending = view.pods.find(isPending);
    const wait = pending && waits.of(pending);
    const severity = wait !== undefined && wait !== 'unknown' ? wait.severity : 'error';
    if (wait === 'unknown' || severity === undefined) continue;
    return failSpec(delegate, {
      severity,
      cause: 'delegate-unplaceable',
      message: `no Linux node of the cluster takes the delegate ${idOf(delegate.owner)}: its selector, affinity or missing tolerations keep it off all of them`,
      evidence: [specRef(view, '/nodeSelector', view.spec.nodeSelector ?? {})],
    });
  }
  return pass(delegate.owner);
}
