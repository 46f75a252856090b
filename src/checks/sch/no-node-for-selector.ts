import {matchesNodeSelector, matchesTerm} from '../../kube/node-match.ts';
import {BUILD_LABEL, nodesOf} from '../../kube/os.ts';
import type {Node} from '../../kube/types.ts';
import {defineCheck, ref, specRef} from '../define.ts';
import type {Diagnosis, PendingPod} from './shared/pending.ts';
import {judgePending} from './shared/pending.ts';

/** As many values as a sentence bears. */
const MAX_VALUES = 5;

export default defineCheck({
  id: 'SCH004',
  name: 'no-node-for-selector',
  severity: 'error',
  since: '0.1.0',
  title: 'A Windows pod waits because its selector matches no Windows node',
  evidence: ['A'],
  needs: ['workloads', 'nodes'],
  wants: ['runtimeClasses', 'namespaces', 'events'],
  docs: {
    what:
      'Windows pods that wait for a node while no Windows node meets their node selector or required affinity, often ' +
      '`node.kubernetes.io/windows-build` with a build that the cluster no longer has. Clusters without any Windows node ' +
      'are SCH005. Severity follows the autoscaler as in SCH003: pools scale up from zero.',
    why: 'The pod stays Pending until a node with those labels joins, which may be never.',
    fix: [
      'See what the nodes have: `kubectl get nodes -l kubernetes.io/os=windows -L node.kubernetes.io/windows-build --show-labels`.',
      'Correct the selector in the pod template, or in the RuntimeClass that it comes from.',
      'Where the pool should exist, scale it up or add a node of that build.',
    ],
    links: [
      'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/',
      'https://kubernetes.io/docs/concepts/windows/user-guide/#handling-multiple-windows-versions-in-the-same-cluster',
    ],
  },
  *run(input) {
    const windows = nodesOf('windows', input.nodes);
    yield* judgePending(input, pending => (windows.length > 0 ? diagnose(pending, windows) : undefined));
  },
});

function diagnose({view, terms, placement}: PendingPod, windows: Node[]): Diagnosis | undefined {
  if (placement.matched.windows.length + placement.matched.linux.length > 0) return undefined;
  const selector = Object.entries(terms.nodeSelector);
  const miss = selector.find(
    ([key, value]) => !windows.some(n => matchesNodeSelector({[key]: value}, n.metadata)),
  );
  const [node] = windows;
  if (!node) return undefined;
  const seen = ref(node, '/metadata/labels', node.metadata.labels);
  if (miss) {
    const [key, value] = miss;
    const values = [...new Set(windows.map(n => n.metadata.labels?.[key] ?? 'none'))].sort();
    const shown = values.slice(0, MAX_VALUES).join(', ') + (values.length > MAX_VALUES ? ', …' : '');
    return {
      cause: key,
      message: `it selects \`${key}: ${value}\`, and Windows nodes have ${shown}`,
      evidence: [specRef(view, '/nodeSelector', view.spec.nodeSelector), seen],
      ...(key === BUILD_LABEL && {fix: fixBuild(values)}),
    };
  }
  const required = view.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const affine = (required?.nodeSelectorTerms ?? []).some(t => windows.some(n => matchesTerm(t, n.metadata)));
  if (required && !affine) {
    const pointer = '/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution';
    const keys = (required.nodeSelectorTerms ?? []).flatMap(t =>
      [...(t.matchExpressions ?? []), ...(t.matchFields ?? [])].map(e => e.key),
    );
    const message = `its required node affinity (${[...new Set(keys)].join(', ')}) matches none of ${windows.length} Windows nodes`;
    return {cause: 'affinity', message, evidence: [specRef(view, pointer, required), seen]};
  }
  const message = `no single Windows node has all that it selects: ${selector.map(([k, v]) => `\`${k}: ${v}\``).join(', ')}`;
  return {
    cause: 'combination',
    message,
    evidence: [specRef(view, '/nodeSelector', view.spec.nodeSelector), seen],
  };
}

function fixBuild(values: string[]): string[] {
  const build = values.find(v => v !== 'none');
  return [
    `Select a build that the cluster has and the image runs on: \`${BUILD_LABEL}: ${JSON.stringify(build ?? '10.0.20348')}\`.`,
    'See the builds: `kubectl get nodes -L node.kubernetes.io/windows-build`.',
    'Or add a node of the build that the image needs.',
  ];
}
