import {createHash} from 'node:crypto';
import {createWriteStream, readFileSync} from 'node:fs';
import {pipeline} from 'node:stream/promises';
import {buffer} from 'node:stream/consumers';
import {pack} from 'tar-stream';

const BUSYBOX = '/bin/busybox';
const APPLETS = ['sh', 'sleep', 'httpd', 'wget', 'nslookup', 'cat', 'echo', 'nc', 'ls', 'true', 'false'];

/** Images that pods on a real node may use; nothing is pulled from anywhere. */
export const PAUSE_IMAGE = 'lab.local/pause:1';
export const BUSYBOX_IMAGE = 'lab.local/busybox:1';

/**
 * Writes both images as one archive that `ctr images import` reads (docker-archive). Both are a busybox; the pause image
 * also stands for every image of the scene (`names`), so that its DaemonSets run without a registry.
 */
export async function writeImages(file: string, names: readonly string[]): Promise<void> {
  const layer = await busyboxLayer();
  const diffId = sha256(layer);
  const archive = pack();
  const manifest = [];
  for (const [tags, config] of [
    [[PAUSE_IMAGE, ...names], {Entrypoint: ['/bin/sleep', '2147483647']}],
    [[BUSYBOX_IMAGE], {Cmd: ['/bin/sh'], Env: ['PATH=/bin']}],
  ] as const) {
    const image = JSON.stringify({
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config,
      rootfs: {type: 'layers', diff_ids: [`sha256:${diffId}`]},
      history: [{}],
    });
    const path = `${sha256(Buffer.from(image))}.json`;
    archive.entry({name: path}, image);
    manifest.push({Config: path, RepoTags: tags, Layers: [`${diffId}/layer.tar`]});
  }
  archive.entry({name: `${diffId}/layer.tar`}, layer);
  archive.entry({name: 'manifest.json'}, JSON.stringify(manifest));
  archive.finalize();
  await pipeline(archive, createWriteStream(file));
}

async function busyboxLayer(): Promise<Buffer> {
  const layer = pack();
  layer.entry({name: 'bin/', type: 'directory', mode: 0o755});
  layer.entry({name: 'bin/busybox', mode: 0o755}, readFileSync(BUSYBOX));
  for (const applet of APPLETS) layer.entry({name: `bin/${applet}`, type: 'symlink', linkname: 'busybox'});
  layer.finalize();
  return buffer(layer);
}

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
