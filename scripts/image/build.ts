import {readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {buildProgram} from '../programs/program.ts';
import {RECIPES} from '../programs/recipes.ts';
import type {ProgramName} from '../programs/recipes.ts';
import {AGENT_TARGETS} from '../programs/targets.ts';
import type {AgentPlatform} from '../programs/targets.ts';
import {emptyHive} from './hive.ts';
import {linuxLayer, windowsLayer} from './layer.ts';
import type {LayerFile} from './layer.ts';
import {linuxLibraries} from './libraries.ts';
import {writeLayout} from './oci-layout.ts';
import type {PlatformImage} from './oci-layout.ts';

const root = join(import.meta.dirname, '..', '..');

/** Registry hives that the base layer of a Windows image has. */
const HIVES = ['DEFAULT', 'SAM', 'SECURITY', 'SOFTWARE', 'SYSTEM'];

const LINUX = ['linux/amd64', 'linux/arm64'] as const;
/** The plugin runs in a cluster for `net schedule` only, whose pods need no Windows node. */
const ALL_PLATFORMS = {agent: ['windows/amd64', ...LINUX], plugin: LINUX} as const;

/** Nobody in particular, as images without a shell have it. */
const NOBODY = '65532:65532';

/** What is built, and where to. */
export interface ImageOptions {
  /** The agent unless said otherwise. */
  program?: ProgramName;
  /** Folder of the layout; empty or absent. */
  folder: string;
  name: string;
  tag: string;
  /** Time of every file and of the image; by https://reproducible-builds.org/specs/source-date-epoch/ that of the sources. */
  time: Date;
  say: (line: string) => void;
  /** All of them unless some are named. */
  platforms?: readonly AgentPlatform[];
}

/** A built image. */
export interface BuiltImage {
  /** Of the index over all platforms. */
  readonly digest: string;
  /** Compressed size of each platform's layer, bytes. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Builds an image of a program. The same sources, packages and time give the same digest. */
export async function buildImage({
  say,
  program = 'agent',
  platforms = ALL_PLATFORMS[program],
  ...options
}: ImageOptions): Promise<BuiltImage> {
  const images: PlatformImage[] = [];
  for (const platform of platforms) {
    const make = platform === 'windows/amd64' ? windowsImage : linuxImage;
    images.push(await make(platform, {program, time: options.time, say}));
  }
  const digest = writeLayout(images, {
    ...options,
    annotations: {
      'org.opencontainers.image.title': RECIPES[program].name,
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': options.tag,
    },
  });
  const sizes = images.map(
    ({os, architecture, layers}) =>
      [`${os}/${architecture}`, layers.reduce((sum, {blob}) => sum + blob.length, 0)] as const,
  );
  return {digest, sizes: new Map(sizes)};
}

interface Making {
  program: ProgramName;
  time: Date;
  say: (line: string) => void;
}

async function windowsImage(platform: AgentPlatform, making: Making): Promise<PlatformImage> {
  const hives = HIVES.map(name => ({path: `Windows/System32/config/${name}`, contents: emptyHive()}));
  return {
    ...platformOf(platform),
    layers: [await windowsLayer([...(await programFiles(platform, making)), ...hives], making.time)],
    config: {
      Entrypoint: [`%CONTAINER_SANDBOX_MOUNT_POINT%\\${RECIPES[making.program].name}.exe`],
      Cmd: ['serve'],
    },
  };
}

async function linuxImage(platform: AgentPlatform, making: Making): Promise<PlatformImage> {
  const {program, time, say} = making;
  const {files, versions} = await linuxLibraries(AGENT_TARGETS[platform].arch, say);
  return {
    ...platformOf(platform),
    layers: [await linuxLayer([...(await programFiles(platform, making)), ...files], time)],
    config: {
      Env: ['PATH=/'],
      Entrypoint: [`/${RECIPES[program].name}`],
      ...(program === 'agent' ? {Cmd: ['serve']} : {User: NOBODY}),
      // What a scanner must know of an image that has no database of packages.
      Labels: {'kubectl-win.debian-packages': versions.join(', ')},
    },
  };
}

function platformOf(platform: AgentPlatform): {os: string; architecture: string} {
  const {os, arch} = AGENT_TARGETS[platform];
  return {os, architecture: arch};
}

/** The program, its native part beside it, which it then need not unpack, and the licence. */
async function programFiles(platform: AgentPlatform, {program, say}: Making): Promise<LayerFile[]> {
  const {path, addon} = await buildProgram({program, platform, say});
  return [
    {path: basename(path), contents: readFileSync(path), executable: true},
    ...(addon === undefined ? [] : [{path: basename(addon), contents: readFileSync(addon)}]),
    {path: 'LICENSE', contents: readFileSync(join(root, 'LICENSE'))},
  ];
}
