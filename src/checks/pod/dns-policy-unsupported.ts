import {defineCheck} from '../define.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD010',
  name: 'dns-policy-unsupported',
  severity: 'warning',
  since: '0.1.0',
  title: 'A DNS policy that Windows does not have',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows pods with `dnsPolicy: ClusterFirstWithHostNet`.',
    why:
      'A HostProcess pod resolves names as its node does, whatever the policy says: names of Services stay unknown, and ' +
      'the program that relies on them fails at its first look-up.',
    fix: [
      'Remove `dnsPolicy`, and do not use names of Services in HostProcess pods.',
      'Reach the API server by `KUBERNETES_SERVICE_HOST` and other Services by their cluster IP or through a node port.',
      'Where the program needs cluster DNS, run it in an ordinary container: `dnsPolicy: ClusterFirst` works there.',
    ],
    links: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#dns-windows'],
  },
  *run(input) {
    yield* judgeSpecs(input, {
      of: 'windows',
      faults: ({spec}) =>
        spec.dnsPolicy === 'ClusterFirstWithHostNet'
          ? [
              {
                cause: 'cluster-first-with-host-net',
                message:
                  '`dnsPolicy: ClusterFirstWithHostNet` is not supported on Windows: the pod resolves names as its node does',
                places: [{pointer: '/dnsPolicy', value: spec.dnsPolicy}],
              },
            ]
          : [],
    });
  },
});
