import {Client, Metadata, credentials} from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import {PAUSE_IMAGE} from '../linux-node/images.ts';
import {WRITE_PROTO} from './cri-write.ts';

/** A pod to make. Every text of it that may hold a secret is the caller's. */
export interface PodWish {
  name: string;
  image: string;
  args?: string[];
  envs?: Record<string, string>;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  mounts?: {containerPath: string; hostPath: string}[];
  /** What the kubelet would give it. */
  dns?: {servers: string[]; searches: string[]; options: string[]};
  /** In the network of containerd, without CNI. */
  hostNetwork?: boolean;
}

/** What a test may change in a runtime. */
export interface PodMaker {
  /** Runs a sandbox with one container and answers their ids. */
  run(wish: PodWish): Promise<{sandbox: string; container: string}>;
  removeAll(): Promise<void>;
  close(): void;
}

/** Makes and removes pods through CRI, as the kubelet does. */
export function podMaker(socket: string): PodMaker {
  const {root} = protobuf.parse(WRITE_PROTO);
  const service = root.lookupService('runtime.v1.RuntimeService');
  const client = new Client(`unix:${socket}`, credentials.createInsecure());
  const ask = (name: string, request: object) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const method = service.methods[name];
      if (!method) throw new Error(`no ${name}`);
      const input = root.lookupType(`runtime.v1.${method.requestType}`);
      const output = root.lookupType(`runtime.v1.${method.responseType}`);
      client.makeUnaryRequest(
        `/runtime.v1.RuntimeService/${name}`,
        (value: object) => Buffer.from(input.encode(input.fromObject(value)).finish()),
        (bytes: Buffer) => output.toObject(output.decode(bytes)),
        request,
        new Metadata(),
        {deadline: Date.now() + 60_000},
        (error, answer) => (error ? reject(error) : resolve(answer ?? {})),
      );
    });
  return {
    async run({
      name,
      image,
      args = [],
      envs = {},
      labels = {},
      annotations = {},
      mounts = [],
      dns,
      hostNetwork = false,
    }) {
      const config = {
        metadata: {name, uid: `uid-${name}`, namespace: 'shop', attempt: 0},
        labels: {
          'io.kubernetes.pod.name': name,
          'io.kubernetes.pod.namespace': 'shop',
          'io.kubernetes.pod.uid': `uid-${name}`,
          ...labels,
        },
        annotations,
        ...(dns && {dnsConfig: dns}),
        ...(hostNetwork && {linux: {securityContext: {namespaceOptions: {network: 2}}}}),
      };
      const {podSandboxId: sandbox} = await ask('RunPodSandbox', {config});
      const {containerId: container} = await ask('CreateContainer', {
        podSandboxId: sandbox,
        sandboxConfig: config,
        config: {
          metadata: {name: 'main', attempt: 0},
          image: {image},
          ...(args.length > 0 && {command: args}),
          envs: Object.entries(envs).map(([key, value]) => ({key, value})),
          mounts,
          labels: {...config.labels, 'io.kubernetes.container.name': 'main'},
          annotations,
        },
      });
      await ask('StartContainer', {containerId: container});
      return {sandbox: String(sandbox), container: String(container)};
    },
    async removeAll() {
      const {items = []} = await ask('ListPodSandbox', {});
      // Decoded by the type above.
      for (const {id} of items as {id: string}[]) {
        await ask('StopPodSandbox', {podSandboxId: id});
        await ask('RemovePodSandbox', {podSandboxId: id});
      }
    },
    close: () => client.close(),
  };
}

/** The pause image of a containerd of tests. */
export {PAUSE_IMAGE};
