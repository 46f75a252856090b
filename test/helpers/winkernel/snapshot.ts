import {RESOURCES, resourceOfKind} from '../../../src/kube/resources.ts';
import {NodeIntake} from '../../../src/node/intake.ts';
import {SnapshotAssembler} from '../../../src/snapshot/assemble.ts';
import {collected} from '../../../src/snapshot/evidence.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {healthyNode} from '../healthy-node.ts';
import {TestNode} from '../node-files.ts';
import type {Json} from '../raw.ts';
import {NOW} from '../raw.ts';
import type {Simulated, SimulatedNode} from './cluster.ts';
import {CNI_TRAITS, confOf} from './networks.ts';
import type {CniKind} from './plan.ts';
import {rawFiles} from './raw.ts';

/** Reads a simulated cluster, as it stands now, in the way the tool reads a real one; `edit` changes what agents send. */
export function snapshotOf(
  {objects, nodes, plan}: Simulated,
  edit: (agent: TestNode) => void = () => {},
): Snapshot {
  const assembler = new SnapshotAssembler();
  assembler.set('version', collected({gitVersion: 'v1.35.4'}));
  for (const {key} of RESOURCES) assembler.add(key, []);
  for (const object of objects) {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (!resource) throw new Error(`the tool reads no ${object.apiVersion} ${object.kind}`);
    assembler.add(resource.key, [object]);
  }
  const intake = new NodeIntake();
  for (const node of nodes) {
    const agent = agentOf(node, plan.cni);
    edit(agent);
    agent.sendTo(intake);
  }
  intake.into(assembler);
  return assembler.build({kind: 'cluster', name: 'simulated', collectedAt: NOW}, NOW);
}

/** What the agent of a node sends of its network, as texts. */
export function agentOf(node: SimulatedNode, cni: CniKind): TestNode {
  const {name, index, store, pods, plan, flags, adapters, routes} = node;
  const [confFile, conf] = confOf(cni, index);
  const files: Record<string, Json> = {
    ...rawFiles(store, plan.upper),
    'cri/sandboxes.json': {items: pods.sandboxes},
    'cri/containers.json': {containers: pods.containers},
    'net/adapters.json': adapters,
    'net/routes.json': routes,
    [`cni/${confFile}`]: conf,
    'cri/status.json': {
      ...PLAIN.status,
      cniconfig: {
        ...PLAIN.status.cniconfig,
        Networks: [{Config: {Name: CNI_TRAITS[cni].network(index)}, IFName: 'eth0'}],
      },
    },
    'system.json': {...PLAIN.system, build: plan.build, ubr: 9000},
    'processes.json': PLAIN.processes.map((process: Json) =>
      process.image === 'kube-proxy.exe' ? {...process, flags} : process,
    ),
  };
  return new TestNode(name, 'windows', {...texts(files), ...PLAIN.texts});
}

const PLAIN = plain();

/** What is alike on every node. */
function plain(): {status: Json; system: Json; processes: Json[]; texts: Record<string, string>} {
  const node = healthyNode('win-1');
  const alike = ['services.json', 'net/ports.json', 'registry/hns.json', 'cni/bin.json', 'cri/version.json'];
  return {
    status: node.get('cri/status.json'),
    system: node.get('system.json'),
    processes: node.get('processes.json'),
    texts: texts(Object.fromEntries(alike.map(file => [file, node.get(file)]))),
  };
}

function texts(files: Record<string, Json>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, value]) => [file, JSON.stringify(value)]));
}
