import type {ServiceFacts} from '../../src/protocol/node-facts.ts';
import type {Gaps} from '../host/gaps.ts';
import type {Windows} from './windows.ts';

/**
 * Drivers that are told among the services, in lower case: the switch and its filter, the file systems of container layers,
 * NAT (microsoft/SDN, Kubernetes/windows/debug/collectlogs.ps1), eBPF.
 */
const NODE_DRIVERS: ReadonlySet<string> = new Set([
  'bindflt',
  'cimfs',
  'ebpfcore',
  'hvsocketcontrol',
  'unionfs',
  'vfpext',
  'vmsmp',
  'vmsproxy',
  'vmswitch',
  'wcifs',
  'wcnfs',
  'winnat',
  'xdp',
]);

/**
 * Services joined with their processes. Those that share a process have its threads and start; one whose process has ended
 * since keeps its pid only.
 */
export function serviceFacts(windows: Windows, gaps: Gaps): ServiceFacts[] {
  const services = windows.services(NODE_DRIVERS);
  const processes = gaps.fact('processes', () => windows.processes()) ?? [];
  const byPid = new Map(processes.map(process => [process.pid, process]));
  return services.map(({name, displayName, state, startType, pid}) => {
    const process = pid === 0 ? undefined : byPid.get(pid);
    return {
      name,
      displayName,
      state,
      startType,
      pid: pid || null,
      startedAt: process?.startedAt ?? null,
      threads: process?.threads ?? null,
    };
  });
}
