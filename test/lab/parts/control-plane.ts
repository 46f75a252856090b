import {generateKeyPairSync} from 'node:crypto';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {get} from 'node:http';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {isRunning} from '../../../scripts/cache/process-id.ts';
import type {ProcessId} from '../../../scripts/cache/process-id.ts';
import {writeEgressConfig} from '../agents/egress-config.ts';
import {defineKwokKinds, KWOK_KINDS} from '../agents/kwok-kinds.ts';
import {programsFolder} from '../agents/programs.ts';
import {Api} from './api.ts';
import type {Binaries} from './build.ts';
import {LabError} from './failure.ts';
import {labDir, type LabDir} from './places.ts';
import type {Ports} from './ports.ts';
import {lastWords, startPart} from './process.ts';
import {grantRights, writeKubeconfigs, writeTokens} from './users.ts';

/** How long any part may take until it answers; a loaded machine needs more than the second or two it takes. */
const PATIENCE_MS = 60_000;

/** The client's limits that the parts have by default would hold up a large scene. */
const FAST = ['--kube-api-qps=500', '--kube-api-burst=1000'];

/** An address for documentation: the API server refuses to advertise a loopback one, and nobody is to dial it. */
const ADVERTISED = '192.0.2.1';

/** What a control plane is started with. */
export interface Setup {
  binaries: Binaries;
  ports: Ports;
  /** More flags for a part, by its name; of a flag that is given twice the parts take the last. */
  flags: ReadonlyMap<string, readonly string[]>;
  /** Whether pods of the agent's namespace are to be real processes. */
  agents: boolean;
  /** A node with a real kubelet in a network of its own, and the command whose standard streams lead to the kubelet. */
  realNode?: {readonly address: string; readonly way: readonly string[]} | undefined;
}

/** A control plane that answers, and the kubeconfigs beside it. */
export async function startControlPlane(
  lab: LabDir,
  {binaries, ports, flags, agents, realNode}: Setup,
): Promise<Api> {
  mkdirSync(lab.path('pki'), {mode: 0o700});
  const tokens = writeTokens(lab);
  const server = `https://127.0.0.1:${ports.apiServer}`;
  const run = (part: string, args: string[], env: Record<string, string> = {}) =>
    startPart(lab, part, {
      file: binaries.get(part) ?? part,
      args: [...args, ...(flags.get(part) ?? [])],
      env,
    });

  const etcd = run('etcd', etcdFlags(lab, ports));
  writeServiceAccountKeys(lab);
  const egress = agents ? startEgress(lab, ports, realNode ? [realNode.address, ...realNode.way] : []) : [];
  const apiServer = run('kube-apiserver', [...apiServerFlags(lab, ports), ...egress]);
  const certificate = lab.path('pki', 'apiserver.crt');
  await answers(lab, 'kube-apiserver', apiServer, async () => {
    died(lab, 'etcd', etcd);
    if (!existsSync(certificate)) return false;
    const api = new Api(server, certificate, tokens.admin);
    await api.send('GET', '/readyz').finally(() => api.close());
    return true;
  });
  writeKubeconfigs(lab, server, tokens);
  const api = new Api(server, certificate, tokens.admin);

  const manager = run('kube-controller-manager', controllerManagerFlags(lab));
  const scheduler = run('kube-scheduler', [`--kubeconfig=${lab.kubeconfig('admin')}`, ...ALONE, ...FAST]);
  if (agents) await defineKwokKinds(api);
  const kwok = agents
    ? run('kwok', [...kwokFlags(lab, ports), `--enable-crds=${KWOK_KINDS.join(',')}`], {
        PATH: `${programsFolder(lab)}:${process.env['PATH'] ?? ''}`,
      })
    : run('kwok', kwokFlags(lab, ports));
  await grantRights(api);
  await answers(lab, 'kwok', kwok, async () => httpOk(`http://127.0.0.1:${ports.kwok}/healthz`));
  await answers(lab, 'kube-controller-manager', manager, async () => {
    died(lab, 'kube-scheduler', scheduler);
    const space = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {name: 'default', namespace: 'default'},
    };
    await api.get(space);
    return true;
  });
  return api;
}

/** Starts the proxy through which the API server dials nodes; answers the flag that says so. */
function startEgress(lab: LabDir, {kwok}: Ports, realNode: readonly string[]): string[] {
  const {file, socket} = writeEgressConfig(lab);
  const program = join(labDir, 'agents', 'egress.ts');
  startPart(lab, 'egress', {file: process.execPath, args: [program, socket, String(kwok), ...realNode]});
  return [`--egress-selector-config-file=${file}`];
}

const ALONE = ['--leader-elect=false', '--secure-port=0'];

function etcdFlags(lab: LabDir, {etcd, etcdPeer}: Ports): string[] {
  const peer = `http://127.0.0.1:${etcdPeer}`;
  return [
    `--data-dir=${lab.path('etcd')}`,
    `--listen-client-urls=http://127.0.0.1:${etcd}`,
    `--advertise-client-urls=http://127.0.0.1:${etcd}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--log-level=warn',
    '--unsafe-no-fsync', // Nothing of a lab outlives a power cut.
  ];
}

function apiServerFlags(lab: LabDir, ports: Ports): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--secure-port=${ports.apiServer}`,
    '--bind-address=127.0.0.1',
    `--advertise-address=${ADVERTISED}`,
    `--cert-dir=${lab.path('pki')}`,
    `--token-auth-file=${lab.path('tokens.csv')}`,
    `--service-account-key-file=${lab.path('pki', 'sa.pub')}`,
    `--service-account-signing-key-file=${lab.path('pki', 'sa.key')}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--kubelet-preferred-address-types=InternalIP',
  ];
}

function controllerManagerFlags(lab: LabDir): string[] {
  return [
    `--kubeconfig=${lab.kubeconfig('admin')}`,
    `--service-account-private-key-file=${lab.path('pki', 'sa.key')}`,
    `--root-ca-file=${lab.path('pki', 'apiserver.crt')}`,
    '--use-service-account-credentials=false',
    '--concurrent-replicaset-syncs=20',
    ...ALONE,
    ...FAST,
  ];
}

function kwokFlags(lab: LabDir, {kwok}: Ports): string[] {
  return [
    `--kubeconfig=${lab.kubeconfig('admin')}`,
    `--config=${join(labDir, 'parts', 'kwok.yaml')}`,
    '--manage-all-nodes=false',
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--node-lease-duration-seconds=40',
    '--cidr=10.244.0.0/16',
    `--server-address=127.0.0.1:${kwok}`,
    `--tls-cert-file=${lab.path('pki', 'apiserver.crt')}`,
    `--tls-private-key-file=${lab.path('pki', 'apiserver.key')}`,
  ];
}

function writeServiceAccountKeys(lab: LabDir): void {
  const {publicKey, privateKey} = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: {type: 'spki', format: 'pem'},
    privateKeyEncoding: {type: 'pkcs8', format: 'pem'},
  });
  writeFileSync(lab.path('pki', 'sa.key'), privateKey, {mode: 0o600});
  writeFileSync(lab.path('pki', 'sa.pub'), publicKey);
}

/** Waits until a part does what it is for; says why when it ends or takes too long. */
async function answers(
  lab: LabDir,
  part: string,
  id: ProcessId,
  works: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let last = 'no answer'; ; await sleep(50)) {
    try {
      if (await works()) return;
    } catch (error) {
      if (error instanceof PartDied) throw error;
      last = error instanceof Error ? error.message : String(error);
    }
    died(lab, part, id);
    if (performance.now() > deadline) {
      throw new LabError(
        `${part} did not come up in ${PATIENCE_MS / 1000} s: ${last} (log: ${lab.log(part)})`,
      );
    }
  }
}

class PartDied extends LabError {}

function died(lab: LabDir, part: string, id: ProcessId): void {
  if (isRunning(id)) return;
  throw new PartDied(`${part} ended: ${lastWords(lab, part) || 'it said nothing'} (log: ${lab.log(part)})`);
}

async function httpOk(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get(url, response => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', reject);
  });
}
