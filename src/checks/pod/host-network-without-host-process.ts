import {isHostProcess} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD006',
  name: 'host-network-without-host-process',
  severity: 'error',
  since: '0.1.0',
  title: "The node's network without a HostProcess container",
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows pods with `hostNetwork: true` of which no container is a HostProcess container.',
    why:
      'An ordinary Windows container always has a network compartment of its own. The kubelet cannot give it the ' +
      "node's: its sandbox fails, or it gets a pod network while its status and its Services show the node's address. " +
      'An alpha feature for it (1.26 to 1.32) was removed.',
    fix: [
      'Remove `hostNetwork: true`, and publish ports by a Service or `hostPort`.',
      "Where the program belongs to the node (an agent, a CNI), make the pod a HostProcess pod: `securityContext: {windowsOptions: {hostProcess: true, runAsUserName: 'NT AUTHORITY\\SYSTEM'}}` beside `hostNetwork: true`.",
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/',
      'https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: ({spec}) =>
        spec.hostNetwork === true && !isHostProcess(spec)
          ? [
              {
                cause: 'host-network',
                message:
                  '`hostNetwork: true` on Windows works only for HostProcess containers, and the pod has none',
                places: [{pointer: '/hostNetwork', value: true}],
              },
            ]
          : [],
    });
  },
});
