import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Api} from '../parts/api.ts';
import type {AgentPod, VolumeSource} from './pod-spec.ts';

/** Writes the files of a pod's Secrets and projected volumes below `root`, as the kubelet does at start and on every change. */
export async function writeVolumes(api: Api, pod: AgentPod, root: string): Promise<void> {
  for (const {name, mountPath} of pod.spec.containers[0]?.volumeMounts ?? []) {
    const volume = pod.spec.volumes?.find(v => v.name === name);
    const folder = root + mountPath;
    if (volume?.secret) await writeSecret(api, pod, volume.secret.secretName, folder);
    else if (volume?.projected) {
      for (const source of volume.projected.sources) await writeSource(api, pod, source, folder);
    } else if (!volume?.hostPath) mkdirSync(folder, {recursive: true});
  }
}

async function writeSecret(api: Api, {metadata}: AgentPod, name: string, folder: string): Promise<void> {
  const secret = await api.get({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name, namespace: metadata.namespace},
  });
  // Base64 by key, as the API has it.
  for (const [key, value] of Object.entries((secret['data'] ?? {}) as Record<string, string>)) {
    write(join(folder, key), Buffer.from(value, 'base64'));
  }
}

async function writeSource(
  api: Api,
  {metadata: {namespace}, spec}: AgentPod,
  {serviceAccountToken, configMap}: VolumeSource,
  folder: string,
): Promise<void> {
  if (serviceAccountToken) {
    const account = spec.serviceAccountName ?? 'default';
    // A TokenRequest comes back with its status filled.
    const {status} = (await api.send(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {expirationSeconds: serviceAccountToken.expirationSeconds ?? 3600},
      },
    )) as {status: {token: string}};
    write(join(folder, serviceAccountToken.path), status.token);
  }
  for (const {key, path} of configMap?.items ?? []) {
    const found = await api.get({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: configMap?.name ?? '', namespace},
    });
    write(join(folder, path), (found['data'] as Record<string, string> | undefined)?.[key] ?? '');
  }
}

/** Whole or not at all, as the kubelet's atomic writer does it. */
function write(file: string, content: Buffer | string): void {
  mkdirSync(dirname(file), {recursive: true});
  writeFileSync(`${file}.new`, content, {mode: 0o600});
  renameSync(`${file}.new`, file);
}
