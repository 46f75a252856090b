/**
 * A container runtime on the pipe that its argument names, until it is killed: with the pods of `cri/*.json` below the folder of
 * the stub of HNS, as `crictl -o json` lists them, or with one Windows pod.
 */
import {existsSync, readFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {serveRuntime} from '../../helpers/runtime-server.ts';

const info = {
  pid: 4711,
  image: 'registry.k8s.io/pause:3.10.1',
  runtimeType: 'io.containerd.runhcs.v1',
  config: {envs: [{key: 'PASSWORD', value: 'hunter2'}], windows: {security_context: {host_process: true}}},
  runtimeSpec: {windows: {network: {networkNamespace: 'd9a1f1c2-0000-4000-8000-000000000001'}}},
};

/** One item of `crictl`, with what verbose status adds. */
type Item = {id: string; info?: object; [field: string]: unknown};

const ONE_POD: Item[] = [
  {
    id: 'a',
    createdAt: '1700000000123456789',
    metadata: {name: 'web', namespace: 'shop'},
    info,
  },
];

/** Read anew each time: a test may change them. */
function itemsOf(kind: 'sandboxes' | 'containers', otherwise: Item[]): Item[] {
  const file = join(process.env['KUBECTL_WIN_STUB_DIR'] ?? '', 'cri', `${kind}.json`);
  // A test wrote it.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Item[]) : otherwise;
}

function statusOf(kind: 'sandboxes' | 'containers', id: unknown, otherwise: Item[]): object {
  const found = itemsOf(kind, otherwise).find(item => item.id === id);
  return {status: {id}, info: {info: JSON.stringify(found?.info ?? {})}};
}

async function main(pipe: string): Promise<void> {
  await serveRuntime(pipe, {
    Version: () => ({
      version: '0.1.0',
      runtimeName: 'containerd',
      runtimeVersion: 'v2.1.6',
      runtimeApiVersion: 'v1',
    }),
    ListPodSandbox: () => ({items: itemsOf('sandboxes', ONE_POD)}),
    PodSandboxStatus: ({podSandboxId}) => statusOf('sandboxes', podSandboxId, ONE_POD),
    ListContainers: () => ({containers: itemsOf('containers', [])}),
    ContainerStatus: ({containerId}) => statusOf('containers', containerId, []),
  });
  writeSync(1, 'ready\n');
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  writeSync(2, String(error));
  process.exitCode = 1;
});
