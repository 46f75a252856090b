import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Layer} from './layer.ts';

/** An image for one platform. */
export interface PlatformImage {
  readonly os: string;
  readonly architecture: string;
  readonly layers: readonly Layer[];
  /** How it runs by itself: `config` of https://github.com/opencontainers/image-spec/blob/main/config.md. */
  readonly config: object;
}

/** What an image is called, and when it says that it was made. */
export interface LayoutOptions {
  /** Folder to write, which must be empty or absent. */
  folder: string;
  /** `registry/name` */
  name: string;
  tag: string;
  time: Date;
  annotations: Readonly<Record<string, string>>;
}

interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
}

const OCI = 'application/vnd.oci.image';

/**
 * Writes an OCI image layout with one index over all platforms (https://github.com/opencontainers/image-spec/blob/main/image-layout.md)
 * and answers the index's digest. Windows' image names no `os.version`: a HostProcess container has nothing of a Windows in it
 * and fits any.
 */
export function writeLayout(images: readonly PlatformImage[], options: LayoutOptions): string {
  const {folder, name, tag, time, annotations} = options;
  const blobs = join(folder, 'blobs', 'sha256');
  mkdirSync(blobs, {recursive: true});
  const put = (mediaType: string, contents: Uint8Array): Descriptor => {
    const hash = createHash('sha256').update(contents).digest('hex');
    writeFileSync(join(blobs, hash), contents);
    return {mediaType, digest: `sha256:${hash}`, size: contents.length};
  };
  const putJson = (mediaType: string, value: object): Descriptor => put(mediaType, json(value));

  const manifests = images.map(({os, architecture, layers, config}) => {
    const created = time.toISOString();
    const manifest = putJson(`${OCI}.manifest.v1+json`, {
      schemaVersion: 2,
      mediaType: `${OCI}.manifest.v1+json`,
      config: putJson(`${OCI}.config.v1+json`, {
        created,
        architecture,
        os,
        config,
        rootfs: {type: 'layers', diff_ids: layers.map(({diffId}) => `sha256:${diffId}`)},
        history: layers.map(() => ({created, created_by: 'scripts/build-image.ts'})),
      }),
      layers: layers.map(({blob}) => put(`${OCI}.layer.v1.tar+gzip`, blob)),
    });
    return {...manifest, platform: {architecture, os}};
  });
  const index = putJson(`${OCI}.index.v1+json`, {
    schemaVersion: 2,
    mediaType: `${OCI}.index.v1+json`,
    manifests,
    annotations,
  });
  writeFileSync(join(folder, 'oci-layout'), json({imageLayoutVersion: '1.0.0'}));
  writeFileSync(
    join(folder, 'index.json'),
    json({
      schemaVersion: 2,
      mediaType: `${OCI}.index.v1+json`,
      manifests: [
        {
          ...index,
          annotations: {
            'org.opencontainers.image.ref.name': tag,
            'io.containerd.image.name': `${name}:${tag}`,
          },
        },
      ],
    }),
  );
  return index.digest;
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
