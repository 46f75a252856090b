import {COLLECTORS} from '../../src/protocol/collectors.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {SelfCommand} from '../child/self.ts';
import type {CollectContext, Collector} from '../collect/collector.ts';
import {cniCollector} from '../cni/collector.ts';
import {runtimeCollectors} from '../cri/collectors.ts';
import {configCollector} from '../cri/config.ts';
import {listContainers} from '../cri/containers.ts';
import {endpointsOf} from '../cri/endpoint.ts';
import {pauseCollector} from '../cri/pause.ts';
import {containerdCommandLine} from '../cri/service.ts';
import {snapshotsCollector} from '../cri/snapshots.ts';
import {hnsCollectors} from '../hcn/collectors.ts';
import {hcsCollector} from '../hcs/collector.ts';
import {linuxCollectors} from '../linux/collectors.ts';
import {logCollectors} from '../logs/node-logs.ts';
import {runProgram} from '../host/run-program.ts';
import {logMonitorCollector} from '../logmonitor/collector.ts';
import {vfpCollector} from '../vfp/collector.ts';
import {volumesCollector} from '../volumes/collector.ts';
import {windowsCollectors} from '../win32/collectors.ts';

const ORDER = COLLECTORS.map(({name}) => name);

/** What collectors are made with. */
export interface CollectorPorts {
  /** How a collector starts its child process. */
  readonly self: SelfCommand;
  /** Where the node's own file system is mounted; empty where it is ours. */
  readonly hostRoot: string;
}

/** The collectors of an operating system, in the order of `COLLECTORS`. */
export function collectorsFor(os: AgentOs, ports: CollectorPorts): readonly Collector[] {
  const collectors = os === 'windows' ? windows(ports) : linux(ports);
  return collectors.toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

function windows(ports: CollectorPorts): Collector[] {
  const runtime = {endpoints: endpointsOf('windows', '')};
  const containers = (context: CollectContext) => listContainers(runtime, context);
  return [
    ...windowsCollectors(ports),
    ...containerCollectors('windows', ''),
    ...hnsCollectors(ports),
    hcsCollector(ports),
    ...logCollectors('windows', ''),
    vfpCollector({run: runProgram}),
    volumesCollector({...ports, containers}),
    logMonitorCollector({...ports, containers}),
  ];
}

function linux({hostRoot}: CollectorPorts): Collector[] {
  return [
    ...linuxCollectors({root: hostRoot}),
    ...containerCollectors('linux', hostRoot),
    ...logCollectors('linux', hostRoot),
  ];
}

/** What the container runtime and the CNI say. */
function containerCollectors(os: AgentOs, root: string): Collector[] {
  const runtime = {endpoints: endpointsOf(os, root)};
  const config = {os, commandLine: containerdCommandLine, root};
  return [
    ...runtimeCollectors(runtime),
    snapshotsCollector(runtime, os),
    configCollector(config),
    pauseCollector(runtime, config),
    cniCollector(config),
  ];
}
