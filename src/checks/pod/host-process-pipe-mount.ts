import {defineCheck} from '../define.ts';
import type {SpecContext, SpecFault} from './shared/spec-faults.ts';
import {isPipePath, naming, splitByHostProcess, volumesOf} from '../../kube/containers.ts';
import {judgeSpecs} from './shared/spec-faults.ts';

export default defineCheck({
  id: 'POD018',
  name: 'host-process-pipe-mount',
  severity: 'error',
  since: '0.1.0',
  title: 'A HostProcess container mounts a named pipe or socket',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'HostProcess containers that mount a hostPath volume of a named pipe (`\\\\.\\pipe\\…`) or of a socket.',
    why:
      'The runtime refuses such mounts for HostProcess containers ("named pipe mounts not supported for job containers"), ' +
      'so the container is never created. In ordinary Windows containers pipe mounts work.',
    fix: [
      "Remove the volume and its mount: a HostProcess container opens the node's pipes directly, by the same name.",
    ],
    links: [
      'https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/#volume-mounts',
      'https://github.com/microsoft/hcsshim/blob/main/internal/jobcontainers/mounts.go',
    ],
  },
  *run(input) {
    yield* judgeSpecs(input, {of: 'any', faults: pipeMounts});
  },
});

function pipeMounts({spec}: SpecContext): SpecFault[] {
  const pipes = volumesOf(spec).filter(({volume: {hostPath}}) => hostPath && isPipe(hostPath));
  if (pipes.length === 0) return [];
  return splitByHostProcess(spec).host.flatMap(placed => {
    const mounts = placed.container.volumeMounts ?? [];
    const pipe = pipes.find(p => mounts.some(m => m.name === p.volume.name));
    if (!pipe) return [];
    const index = mounts.findIndex(m => m.name === pipe.volume.name);
    const path = pipe.volume.hostPath?.path ?? '';
    return [
      {
        cause: 'pipe-mount',
        message: `${naming(placed)} is a HostProcess container and mounts ${path}, which the runtime refuses`,
        places: [
          {pointer: `${pipe.pointer}/hostPath/path`, value: path},
          {pointer: `${placed.pointer}/volumeMounts/${index}`},
        ],
      },
    ];
  });
}

function isPipe({path, type}: {path: string; type?: string}): boolean {
  return isPipePath(path) || type === 'Socket' || path.endsWith('.sock');
}
