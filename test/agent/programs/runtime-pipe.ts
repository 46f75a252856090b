/** A container runtime on the pipe that its argument names, with one Windows pod, until it is killed. */
import {writeSync} from 'node:fs';
import {serveRuntime} from '../../helpers/runtime-server.ts';

const info = {
  pid: 4711,
  image: 'registry.k8s.io/pause:3.10.1',
  runtimeType: 'io.containerd.runhcs.v1',
  config: {envs: [{key: 'PASSWORD', value: 'hunter2'}], windows: {security_context: {host_process: true}}},
  runtimeSpec: {windows: {network: {networkNamespace: 'd9a1f1c2-0000-4000-8000-000000000001'}}},
};

async function main(pipe: string): Promise<void> {
  await serveRuntime(pipe, {
    Version: () => ({
      version: '0.1.0',
      runtimeName: 'containerd',
      runtimeVersion: 'v2.1.6',
      runtimeApiVersion: 'v1',
    }),
    ListPodSandbox: () => ({
      items: [{id: 'a', createdAt: '1700000000123456789', metadata: {name: 'web', namespace: 'shop'}}],
    }),
    PodSandboxStatus: () => ({status: {id: 'a'}, info: {info: JSON.stringify(info)}}),
  });
  writeSync(1, 'ready\n');
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  writeSync(2, String(error));
  process.exitCode = 1;
});
