import {execFile} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {isRunning, type ProcessId} from '../../../scripts/cache/process-id.ts';
import type {Api} from '../parts/api.ts';
import type {Binaries} from '../parts/build.ts';
import {LabError} from '../parts/failure.ts';
import type {LabDir} from '../parts/places.ts';
import {lastWords, startPart} from '../parts/process.ts';
import {netPlaces, type NetPlaces} from './places.ts';
import type {Sandbox} from './runtimes.ts';
import {startRealNode} from './real-node.ts';
import {API_ADDRESS, DOMAIN, POD_NETWORKS, ROUTER, type NetPod, type Topology} from './topology.ts';

const PATIENCE_MS = 60_000;

/** What the networks of a lab are started with. */
export interface NetSetup {
  readonly topology: Topology;
  readonly binaries: Binaries;
  /** The folder of the CoreDNS that was built. */
  readonly coredns: string;
  /** Of the API server on 127.0.0.1. */
  readonly apiPort: number;
  /** A process whose end is the lab's end. */
  readonly owner?: number;
}

/** Makes the networks of a lab whose objects are loaded, and starts what runs in them: kube-proxy on every node, CoreDNS, the kubelet of the real node. */
export async function startNet(lab: LabDir, api: Api, setup: NetSetup): Promise<void> {
  const {topology, binaries, coredns, apiPort, owner} = setup;
  const places = netPlaces(lab);
  checkPlace(lab);
  mkdirSync(lab.path('net'), {recursive: true});
  writeKubeconfig(lab, places.kubeconfig, `https://${ROUTER.ip}:${apiPort}`);
  writeKubeconfig(lab, places.podKubeconfig, `https://${API_ADDRESS}`);
  await writeSandboxes(api, topology, places);
  const keeper = startPart(lab, 'keeper', {
    file: process.execPath,
    args: [
      join(import.meta.dirname, 'keeper.ts'),
      lab.name,
      String(topology.nodes.filter(n => !n.isReal).length),
      topology.realPods.length > 0 ? 'real' : 'played',
      String(apiPort),
      ...(owner === undefined ? [] : [String(owner)]),
    ],
  });
  await until(lab, {part: 'keeper', id: keeper, holds: async () => existsSync(places.ready)});
  const proxies = topology.nodes.map(({name}) => {
    const part = `kube-proxy-${name}`;
    return {
      part,
      name,
      id: startIn(lab, part, name, [binaries.get('kube-proxy') ?? 'kube-proxy', ...proxyFlags(name, places)]),
    };
  });
  for (const {part, name, id} of proxies)
    await until(lab, {part, id, holds: () => answersIn(places.namespace(name), 10_256, '/healthz')});
  const real = topology.nodes.find(n => n.isReal);
  if (real) await startRealNode(lab, api, {node: real, pods: topology.realPods, binaries});
  const servers = topology.pods
    .filter(p => p.app === 'dns')
    .map(pod => ({pod, id: startDns(lab, pod, coredns)}));
  for (const {pod, id} of servers)
    await until(lab, {
      part: pod.name,
      id,
      holds: () => answersIn(places.namespace(pod.name), 8181, '/ready'),
    });
}

/** Starts the CoreDNS of a pod; its Corefile is as `kubeadm` writes it, and `more` goes into it. */
export function startDns(lab: LabDir, pod: NetPod, folder: string, more: readonly string[] = []): ProcessId {
  const places = netPlaces(lab);
  const file = places.corefile(pod.name);
  const lines = [
    'errors',
    'health :8080',
    'ready',
    ...more,
    'cache 30',
    `kubernetes ${DOMAIN} in-addr.arpa ip6.arpa {\n        kubeconfig ${places.podKubeconfig}\n        pods insecure\n    }`,
  ];
  writeFileSync(file, `.:53 {\n${lines.map(line => `    ${line}\n`).join('')}}\n`);
  return startIn(lab, pod.name, pod.name, [join(folder, 'coredns'), '-conf', file]);
}

/** Says of each pod what its runtime knows of it, its id in the API server among it. */
async function writeSandboxes(api: Api, {pods}: Topology, places: NetPlaces): Promise<void> {
  // The list that is asked for.
  const {items} = (await api.send('GET', '/api/v1/pods')) as {
    items: {metadata: {namespace: string; name: string; uid: string}}[];
  };
  const uids = new Map(items.map(({metadata: {namespace, name, uid}}) => [`${namespace}/${name}`, uid]));
  const sandboxes: Sandbox[] = pods.map(({node, namespace, name, ip, dns}) => ({
    node: node.name,
    namespace,
    name,
    uid: uids.get(`${namespace}/${name}`) ?? '',
    ip,
    dns,
  }));
  writeFileSync(places.sandboxes, JSON.stringify(sandboxes));
}

function proxyFlags(node: string, places: NetPlaces): string[] {
  return [
    `--kubeconfig=${places.kubeconfig}`,
    `--hostname-override=${node}`,
    '--proxy-mode=iptables',
    `--cluster-cidr=${POD_NETWORKS.join(',')}`,
    // Of the machine, not of the namespace.
    '--conntrack-max-per-core=0',
    '--conntrack-tcp-timeout-established=0s',
    '--conntrack-tcp-timeout-close-wait=0s',
    '--iptables-sync-period=1h',
  ];
}

/** Starts a part in the network of a node or pod. */
function startIn(lab: LabDir, part: string, network: string, command: readonly string[]): ProcessId {
  const args = [`--net=${netPlaces(lab).namespace(network)}`, '--', ...command];
  return startPart(lab, part, {file: 'nsenter', args});
}

/** Whether a health endpoint says that all is well, asked from inside a network. */
export async function answersIn(namespace: string, port: number, path: string): Promise<boolean> {
  const nc = ['busybox', 'nc', '-w', '2', '127.0.0.1', String(port)];
  const child = promisify(execFile)('nsenter', [`--net=${namespace}`, '--', ...nc]);
  // Where nothing listens yet it has ended before it has read.
  child.child.stdin?.on('error', () => undefined);
  child.child.stdin?.end(`GET ${path} HTTP/1.0\r\n\r\n`);
  return child.then(
    ({stdout}) => /^HTTP\/1\.\d 200 /.test(stdout),
    () => false,
  );
}

/** Programs of nodes have a `/run` of their own, and would lose sight of the lab below it. */
function checkPlace(lab: LabDir): void {
  if (lab.root.startsWith('/run/'))
    throw new LabError('a network lab needs its files outside of /run: start it with XDG_RUNTIME_DIR=/tmp');
  if (process.getuid?.() !== 0) throw new LabError('network namespaces need root: start the lab as root');
}

function writeKubeconfig(lab: LabDir, file: string, server: string): void {
  // Written by `writeKubeconfigs` alone.
  const config = JSON.parse(readFileSync(lab.kubeconfig('admin'), 'utf8')) as {
    clusters: {name: string; cluster: object}[];
  };
  const clusters = config.clusters.map(({name, cluster}) => ({name, cluster: {...cluster, server}}));
  writeFileSync(file, JSON.stringify({...config, clusters}), {mode: 0o600});
}

async function until(
  lab: LabDir,
  {part, id, holds}: {part: string; id: ProcessId; holds: () => Promise<boolean>},
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await holds())) {
    const why = isRunning(id) ? 'does not answer' : `ended: ${lastWords(lab, part)}`;
    if (!isRunning(id) || performance.now() > deadline)
      throw new LabError(`${part} ${why} (log: ${lab.log(part)})`);
    await sleep(100);
  }
}
