import {escapePointer} from '../../kube/shape.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';
import {lacks} from './shared/node-facts.ts';

const LABELS = [
  {label: 'kubernetes.io/os', field: 'operatingSystem'},
  {label: 'kubernetes.io/arch', field: 'architecture'},
] as const;

export default defineCheck({
  id: 'NOD017',
  name: 'os-label-wrong',
  severity: 'error',
  since: '0.1.0',
  title: 'Labels of OS or architecture are absent or wrong',
  evidence: ['A'],
  needs: ['nodes'],
  docs: {
    what: 'The labels `kubernetes.io/os` and `kubernetes.io/arch` of every node, Linux ones included, against what its kubelet reports in `status.nodeInfo`.',
    why: 'Nearly every workload chooses its OS by these labels: pods stay Pending or land on the wrong OS.',
    fix: [
      'See who changes it: `kubectl get node NODE -o yaml --show-managed-fields`.',
      '`kubectl label node NODE --overwrite kubernetes.io/os=OS kubernetes.io/arch=ARCH`',
    ],
    links: ['https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-os'],
  },
  *run({nodes}) {
    for (const node of nodes) {
      const info = node.status.nodeInfo;
      if (!info?.operatingSystem || !info.architecture) {
        yield lacks(node, 'operating system or architecture');
        continue;
      }
      let isRight = true;
      for (const {label, field} of LABELS) {
        const reported = info[field];
        const value = node.metadata.labels?.[label];
        if (value === reported) continue;
        isRight = false;
        const {name} = node.metadata;
        yield fail(node, {
          cause: `${label}-${value === undefined ? 'absent' : 'unlike'}`,
          message:
            value === undefined
              ? `Node ${name} is ${reported} and has no label ${label}`
              : `Node ${name} is ${reported}, but its label ${label} says ${JSON.stringify(value)}`,
          evidence: [
            ref(node, `/metadata/labels/${escapePointer(label)}`, value ?? null),
            ref(node, `/status/nodeInfo/${field}`, reported),
          ],
          fix: [`\`kubectl label node ${name} --overwrite ${label}=${reported}\``],
        });
      }
      if (isRight) yield pass(node);
    }
  },
});
