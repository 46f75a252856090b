import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {files} from './logmonitor-configs.ts';

/** What an image starts, in the words of its configuration. */
export interface ImageParts {
  Entrypoint?: string[];
  Cmd?: string[];
  Shell?: string[];
}

/** What `lint` makes of `docker image inspect shop:1`. */
export function dockerImage(config: ImageParts, os = 'windows'): Snapshot {
  const image = {Id: 'sha256:1', RepoTags: ['shop:1'], Os: os, Architecture: 'amd64', Config: config};
  return files([{name: 'image.json', text: JSON.stringify([image])}]);
}

/** What `lint` makes of `crane config shop:1`. */
export function ociImage(config: ImageParts, steps: string[] = []): Snapshot {
  const history = steps.map(step => ({created_by: step}));
  const text = {
    architecture: 'amd64',
    os: 'windows',
    config,
    rootfs: {type: 'layers', diff_ids: []},
    history,
  };
  return files([{name: 'image.json', text: JSON.stringify(text)}]);
}

/** What `lint` makes of `crictl inspecti shop:1`. */
export function criImage(config: ImageParts): Snapshot {
  const text = {status: {id: 'sha256:1', repoTags: ['shop:1']}, info: {imageSpec: {os: 'windows', config}}};
  return files([{name: 'image.json', text: JSON.stringify(text)}]);
}
