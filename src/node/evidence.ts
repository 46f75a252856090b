import type {HnsEndpoint, HnsLoadBalancer, HnsNamespace, HnsNetwork, HnsSdnRoute} from '../hns/model.ts';
import type {CollectorName} from '../protocol/collectors.ts';
import type {Evidence} from '../snapshot/evidence.ts';
import type {AgentContact} from './agent.ts';
import type {NodeCni} from './cni.ts';
import type {CollectionGap} from './collection.ts';
import type {CriStatus, CriVersion} from './cri.ts';
import type {EventLogs} from './eventlog.ts';
import type {ComputeSystem} from './hcs.ts';
import type {HnsState} from './hns.ts';
import type {NodeImage} from './images.ts';
import type {Indexed} from './items.ts';
import type {NodeLogMonitor} from './logmonitor.ts';
import type {NodeLogs} from './logs.ts';
import type {NodeAdapter, NodeRoute} from './net.ts';
import type {Defender} from './defender.ts';
import type {ImageDisk} from './image-disk.ts';
import type {PauseState} from './pause.ts';
import type {RuntimeLayers} from './snapshots.ts';
import type {NodePorts} from './ports.ts';
import type {NodeProcess} from './processes.ts';
import type {RegistryValues} from './registry.ts';
import type {RuntimeConfigFile} from './runtime-config.ts';
import type {CriContainer, Sandbox} from './sandboxes.ts';
import type {NodeService} from './services.ts';
import type {NodeSystem} from './system.ts';
import type {NodeTask} from './tasks.ts';
import type {NodeVfp} from './vfp.ts';
import type {ContainerVolume} from './volumes.ts';

/** Evidence of each node, by its name. A node that no agent was asked about is not in it. */
export type PerNode<T> = ReadonlyMap<string, Evidence<T>>;

/** What an agent, or an archive of a node's own files, shows of one node. */
export interface NodeFacts {
  /** How the node's agent was reached. */
  'node.agent': AgentContact;
  /** Files that could not be collected. */
  'node.collection': CollectionGap[];
  'node.system': NodeSystem;
  'node.services': Indexed<NodeService>[];
  'node.processes': Indexed<NodeProcess>[];
  'node.cri.version': CriVersion;
  'node.cri.status': CriStatus;
  'node.cri.images': Indexed<NodeImage>[];
  'node.cri.sandboxes': Indexed<Sandbox>[];
  'node.cri.containers': Indexed<CriContainer>[];
  'node.cri.snapshots': RuntimeLayers;
  'node.cri.volumes': Indexed<ContainerVolume>[];
  'node.cri.config': RuntimeConfigFile[];
  'node.cri.pause': PauseState;
  'node.cri.stats': ImageDisk;
  'node.defender': Defender;
  'node.hns': HnsState;
  /** Objects of HNS, out of the answers of both its generations; `generationGap` says which did not come. */
  'node.hns.networks': HnsNetwork[];
  'node.hns.endpoints': HnsEndpoint[];
  'node.hns.namespaces': HnsNamespace[];
  'node.hns.loadbalancers': HnsLoadBalancer[];
  'node.hns.sdnroutes': HnsSdnRoute[];
  'node.hcs': Indexed<ComputeSystem>[];
  'node.net.adapters': Indexed<NodeAdapter>[];
  'node.net.routes': Indexed<NodeRoute>[];
  'node.net.ports': NodePorts;
  'node.vfp': NodeVfp;
  'node.cni': NodeCni;
  'node.registry': RegistryValues;
  'node.tasks': Indexed<NodeTask>[];
  'node.logmonitor': NodeLogMonitor;
  'node.eventlog': EventLogs;
  'node.logs': NodeLogs;
}

export type NodeKey = keyof NodeFacts;

/** The same as evidence of a Snapshot. */
export type NodeEvidence = {[K in NodeKey]: PerNode<NodeFacts[K]>};

/** Collectors that each kind of evidence is made of; none: what the plugin itself knows of its agents. */
export const NODE_COLLECTORS: {readonly [K in NodeKey]: readonly CollectorName[]} = {
  'node.agent': [],
  'node.collection': [],
  'node.system': ['system'],
  'node.services': ['services'],
  'node.processes': ['processes'],
  'node.cri.version': ['cri.version'],
  'node.cri.status': ['cri.status'],
  'node.cri.images': ['cri.images'],
  'node.cri.sandboxes': ['cri.sandboxes'],
  'node.cri.containers': ['cri.containers'],
  'node.cri.snapshots': ['cri.snapshots'],
  'node.cri.volumes': ['cri.volumes'],
  'node.cri.config': ['cri.config'],
  'node.cri.pause': ['cri.pause'],
  'node.cri.stats': ['cri.stats'],
  'node.defender': ['defender'],
  'node.hns': [
    'hns.version',
    'hns.networks',
    'hns.endpoints',
    'hns.loadbalancers',
    'hns.namespaces',
    'hns.sdnroutes',
    'hns.portpools',
    'hns.errors',
  ],
  'node.hns.networks': ['hns.networks'],
  'node.hns.endpoints': ['hns.endpoints'],
  'node.hns.namespaces': ['hns.namespaces'],
  'node.hns.loadbalancers': ['hns.loadbalancers'],
  'node.hns.sdnroutes': ['hns.sdnroutes'],
  'node.hcs': ['hcs.systems'],
  'node.net.adapters': ['net.adapters'],
  'node.net.routes': ['net.routes'],
  'node.net.ports': ['net.ports'],
  'node.vfp': ['vfp'],
  'node.cni': ['cni'],
  'node.registry': ['registry.hns'],
  'node.tasks': ['tasks'],
  'node.logmonitor': ['logmonitor'],
  'node.eventlog': ['eventlog'],
  // On EKS a channel of the event log holds what the kubelet writes.
  'node.logs': ['logs', 'eventlog'],
};

// The keys are those of the object above, which has them all.
const KEYS = Object.keys(NODE_COLLECTORS) as NodeKey[];

/** Every kind of evidence that a node gives. */
export const NODE_KEYS: readonly NodeKey[] = KEYS;

/** Whether evidence is of nodes. */
export function isNodeKey(key: string): key is NodeKey {
  return Object.hasOwn(NODE_COLLECTORS, key);
}

/** Collectors that must run for these kinds of evidence, in the order of the keys. */
export function collectorsFor(keys: Iterable<string>): CollectorName[] {
  return [...new Set([...keys].flatMap(key => (isNodeKey(key) ? NODE_COLLECTORS[key] : [])))];
}
