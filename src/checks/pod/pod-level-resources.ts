import {defineCheck} from '../define.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD013',
  name: 'pod-level-resources',
  severity: 'error',
  since: '0.1.0',
  title: 'Resources for the whole pod on Windows',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows pods with requests or limits in `spec.resources` (pod-level resources, beta since Kubernetes 1.34).',
    why:
      'With `spec.os.name: windows` the API server refuses the pod. Without it the kubelet on Windows refuses it when it ' +
      'arrives: it ends as Failed, and its controller makes the next one, again and again.',
    fix: [
      'Move the requests and limits to the containers: `containers: [{resources: {limits: {memory: 1Gi}}}]`.',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/'],
  },
  *run(input) {
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: ({spec}) =>
        spec.resources
          ? [
              {
                cause: 'pod-level-resources',
                message: '`spec.resources` is set, and Windows does not support resources for a whole pod',
                places: [{pointer: '/resources', value: spec.resources}],
              },
            ]
          : [],
    });
  },
});
