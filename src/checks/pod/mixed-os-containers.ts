import {isLinuxOnlyImage, osOfImageName} from '../../kube/image-os.ts';
import {containersOf, naming} from '../../kube/containers.ts';
import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD016',
  name: 'mixed-os-containers',
  severity: 'error',
  since: '0.1.0',
  title: 'Windows and Linux images in one pod',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what:
      'Pods, init containers included, with an image that exists only for Windows beside one that exists only for ' +
      'Linux, as far as their names show it. Often the second was injected: a mesh proxy or a secrets agent.',
    why:
      'All containers of a pod run on one node, under one operating system: wherever it lands, one of them cannot be ' +
      'pulled or started, and the pod never becomes ready.',
    fix: [
      'Exclude the pod from injection: `istio-injection: disabled` or `sidecar.istio.io/inject: "false"`, ' +
        '`linkerd.io/inject: disabled`, `vault.hashicorp.com/agent-inject: "false"`.',
      'Move the Linux part to a pod of its own, and let the two talk through a Service.',
      'Where the helper exists for Windows, use that image for both systems by its manifest list.',
    ],
    links: ['https://kubernetes.io/docs/concepts/windows/intro/#compatibility-linux-similarities'],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'any', faults: mixture});
  },
});

function mixture({spec}: SpecContext): SpecFault[] {
  const containers = containersOf(spec);
  const windows = containers.find(p => osOfImageName(p.container.image) === 'windows');
  const linux = containers.find(p => isLinuxOnlyImage(p.container.image));
  if (!windows || !linux) return [];
  return [
    {
      cause: 'mixed',
      message: `${naming(windows)} has Windows image ${windows.container.image ?? ''}, and ${naming(linux)} has Linux image ${linux.container.image ?? ''}`,
      places: [windows, linux].map(p => ({pointer: `${p.pointer}/image`, value: p.container.image})),
    },
  ];
}
