import type {AgentOs} from './names.ts';

/** A family of node files that is asked for by one name (`POST /v1/snapshot {collectors}`). */
export interface CollectorSpec {
  /** Name in requests: `cri.images`. */
  readonly name: string;
  readonly os: readonly AgentOs[];
  /**
   * Files below `host-collectors/<node>/<os>/` that it makes (CONTRACT §4). A `*` stands for names that only the node
   * knows: channels of event logs, files of a CNI.
   */
  readonly files: readonly string[];
}

const WINDOWS = ['windows'] as const;
const BOTH = ['windows', 'linux'] as const;

/** Every collector, in the order in which an agent runs them: what tells most and costs least comes first. */
export const COLLECTORS = [
  {name: 'system', os: BOTH, files: ['system.json']},
  {name: 'services', os: BOTH, files: ['services.json']},
  {name: 'processes', os: BOTH, files: ['processes.json']},
  {name: 'cri.version', os: BOTH, files: ['cri/version.json']},
  {name: 'cri.status', os: BOTH, files: ['cri/status.json']},
  {name: 'cri.images', os: BOTH, files: ['cri/images.json']},
  {name: 'cri.sandboxes', os: BOTH, files: ['cri/sandboxes.json']},
  {name: 'cri.containers', os: BOTH, files: ['cri/containers.json']},
  {name: 'cri.stats', os: BOTH, files: ['cri/stats.json']},
  {name: 'cri.volumes', os: WINDOWS, files: ['cri/volumes.json']},
  {name: 'cri.snapshots', os: BOTH, files: ['cri/snapshots.json']},
  {name: 'cri.config', os: BOTH, files: ['cri/config.toml', 'cri/config/*.toml']},
  {name: 'cri.pause', os: BOTH, files: ['cri/pause.json']},
  {name: 'hns.version', os: WINDOWS, files: ['hns/version.json']},
  {name: 'hns.networks', os: WINDOWS, files: ['hns/v1-networks.json', 'hns/networks.json']},
  {name: 'hns.endpoints', os: WINDOWS, files: ['hns/v1-endpoints.json', 'hns/endpoints.json']},
  {name: 'hns.loadbalancers', os: WINDOWS, files: ['hns/v1-policylists.json', 'hns/loadbalancers.json']},
  {name: 'hns.namespaces', os: WINDOWS, files: ['hns/v1-namespaces.json', 'hns/namespaces.json']},
  {name: 'hns.sdnroutes', os: WINDOWS, files: ['hns/sdnroutes.json']},
  {name: 'hns.portpools', os: WINDOWS, files: ['hns/portpools.json']},
  {name: 'hns.errors', os: WINDOWS, files: ['hns/errors.json']},
  {name: 'hcs.systems', os: WINDOWS, files: ['hcs/systems.json']},
  {name: 'net.adapters', os: BOTH, files: ['net/adapters.json']},
  {name: 'net.routes', os: BOTH, files: ['net/routes.json']},
  {name: 'net.ports', os: BOTH, files: ['net/ports.json']},
  {name: 'vfp', os: WINDOWS, files: ['vfp/*.json']},
  {name: 'registry.hns', os: WINDOWS, files: ['registry/hns.json']},
  {name: 'tasks', os: WINDOWS, files: ['tasks.json']},
  {name: 'defender', os: WINDOWS, files: ['defender.json']},
  {name: 'cni', os: BOTH, files: ['cni/*.conflist', 'cni/*.conf', 'cni/*.json', 'cni/bin.json']},
  {name: 'logmonitor', os: WINDOWS, files: ['logmonitor/*.json']},
  {name: 'eventlog', os: WINDOWS, files: ['eventlog/*.xml']},
  {name: 'logs', os: BOTH, files: ['logs/*/*']},
] as const satisfies readonly CollectorSpec[];

export type CollectorName = (typeof COLLECTORS)[number]['name'];

/** Key of a file (CONTRACT §4.2): its path with dots, without its extension; `hns/v1-networks.json` is `hns.v1-networks`. */
export function keyOfFile(file: string): string {
  const slash = file.lastIndexOf('/');
  const dot = file.lastIndexOf('.');
  return (dot > slash ? file.slice(0, dot) : file).replaceAll('/', '.');
}
