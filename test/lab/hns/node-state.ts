import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Json, Raw} from '../../helpers/raw.ts';
import type {Answers, StubKind} from '../../helpers/stub.ts';
import {objectAnswers, v1Answer, writeAnswers} from '../../helpers/stub.ts';
import {addressesOf} from '../../helpers/winkernel/addresses.ts';
import {confOf, setUpNetwork} from '../../helpers/winkernel/networks.ts';
import {startPod} from '../../helpers/winkernel/pods.ts';
import type {NodePods} from '../../helpers/winkernel/pods.ts';
import {Proxier} from '../../helpers/winkernel/proxier.ts';
import {rawFiles} from '../../helpers/winkernel/raw.ts';
import {HnsStore} from '../../helpers/winkernel/store.ts';
import {podOn} from '../agent/installed.ts';
import type {TestLab} from '../lab.ts';

/** The scenes' network, and how HNS and kube-proxy of their nodes are. */
const CNI = 'flannel-overlay';
const BUILD = 20_348;
const HNS = {major: 13, minor: 3};
const FLAGS = {dsr: false, forwardHealthCheck: false, told: 'flags', old: false, terminating: true} as const;

/** What one Windows node of a lab has: open to break, and written to where the agent's stub of HNS looks. */
export interface NodeState {
  store: HnsStore;
  /** Puts it where the agent on the node finds it. */
  write(): void;
}

/** Programs HNS of a Windows node (`win-N`) from what the lab's API server has now, as CNI plug-in and kube-proxy would. */
export async function nodeState(lab: TestLab, name: string): Promise<NodeState> {
  const index = Number(name.replace('win-', ''));
  const addresses = addressesOf(CNI);
  const nodes = await listed(lab, 'nodes');
  const pods: NodePods = {sandboxes: [], containers: []};
  const store = new HnsStore(index, {build: BUILD, hns: HNS, sctp: false});
  const network = setUpNetwork(store, {cni: CNI, node: index, nodes: nodes.length, dualStack: false});
  for (const pod of await listed(lab, 'pods')) {
    if (pod['spec'].nodeName === name && pod['status'].phase === 'Running') {
      startPod(store, pods, {pod, cni: CNI, node: index, network});
    }
  }
  const options = {
    node: name,
    nodeIp: addresses.nodeIp(index),
    family: 'IPv4',
    network,
    flags: FLAGS,
  } as const;
  new Proxier(store, {...options, sourceVip: addresses.hostIp(index)}).sync(
    await listed(lab, 'services'),
    await listed(lab, 'endpointslices'),
  );
  const root = join(lab.root, 'pods', await podOn(lab, name));
  writeCni(join(root, 'windows', 'drive_c'), index);
  return {
    store,
    write: () => {
      const folder = join(root, 'hns');
      for (const kind of KINDS) rmSync(join(folder, kind), {recursive: true, force: true});
      writeAnswers(folder, answersOf(store, pods));
    },
  };
}

/** Kinds of objects by the names of the stub's folders and of the agent's files. */
const FILES = {
  network: 'networks',
  endpoint: 'endpoints',
  namespace: 'namespaces',
  loadbalancer: 'loadbalancers',
} as const satisfies Partial<Record<StubKind, string>>;
const KINDS = ['network', 'endpoint', 'namespace', 'loadbalancer'] as const;

function answersOf(store: HnsStore, {sandboxes, containers}: NodePods): Answers {
  const files = rawFiles(store, false);
  const v1 = ['networks', 'endpoints', 'namespaces', 'policylists'].map(kind =>
    v1Answer(kind, JSON.stringify(files[`hns/v1-${kind}.json`])),
  );
  const v2 = KINDS.map(kind => {
    const objects: Json[] = files[`hns/${FILES[kind]}.json`];
    return objectAnswers(
      kind,
      Object.fromEntries(objects.map(object => [String(object.ID), JSON.stringify(object)])),
    );
  });
  const cri = {
    'cri/sandboxes.json': JSON.stringify(sandboxes),
    'cri/containers.json': JSON.stringify(containers),
  };
  return Object.assign({}, ...v1, ...v2, cri);
}

/** Configuration and programs of the plug-in, where kubeadm's nodes have them. */
function writeCni(drive: string, index: number): void {
  const [file, conf] = confOf(CNI, index);
  const [confs, programs] = [join(drive, 'etc', 'cni', 'net.d'), join(drive, 'opt', 'cni', 'bin')];
  for (const folder of [confs, programs]) mkdirSync(folder, {recursive: true});
  writeFileSync(join(confs, file), JSON.stringify(conf));
  for (const name of ['flannel', 'win-overlay', 'host-local'])
    writeFileSync(join(programs, `${name}.exe`), 'MZ');
}

async function listed(lab: TestLab, kind: string): Promise<Raw[]> {
  const {items} = JSON.parse(await lab.kubectl(['get', kind, '-A', '-o', 'json'])) as {items: Raw[]};
  return items;
}
