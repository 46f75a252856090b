import {readdir} from 'node:fs/promises';
import {posix, win32} from 'node:path';
import type {PlatformPath} from 'node:path';
import {containerdFlags} from '../../src/cri/config/command-line.ts';
import {importsOf} from '../../src/cri/config/read.ts';
import {RUNTIME_PLACES} from '../../src/data/runtime-places.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import {CollectError} from '../collect/collector.ts';
import type {Why} from '../collect/why-missing.ts';
import {whyMissing} from '../collect/why-missing.ts';
import {readTextBelow} from '../files/read-text.ts';

/** What finding containerd's configuration needs. */
export interface ConfigPorts {
  os: AgentOs;
  /** The command line of containerd's service; undefined where there is no such service. */
  commandLine: () => Promise<string | undefined>;
  /** Where the node's own file system is; empty where it is ours. */
  root?: string;
}

/** A file of the configuration, in containerd's order: the main one first. Not yet redacted. */
export interface FoundConfig {
  path: string;
  text: string;
}

/** The files of the configuration, and those that could not be read. */
export interface FoundConfigs {
  files: readonly FoundConfig[];
  missing: readonly (Why & {path: string})[];
}

/** Bytes of one file; a full one that containerd writes itself has 10 KB. */
export const MAX_CONFIG_BYTES = 512 * 1024;
/** More files than anybody imports; a circle of imports ends by itself. */
const MAX_FILES = 64;

/**
 * Finds containerd's configuration by its service's command line, else where a distribution puts it, and what it imports.
 * Throws CollectError where there is none.
 */
export async function findConfigs({os, commandLine, root = ''}: ConfigPorts): Promise<FoundConfigs> {
  const paths = pathsOf(os);
  const read = async (path: string): Promise<FoundConfig | undefined> => {
    const found = await readTextBelow(root + paths.dirname(path), paths.basename(path), MAX_CONFIG_BYTES);
    if (found && found.skipped > 0)
      throw new CollectError('failed', `${path} is longer than ${MAX_CONFIG_BYTES} bytes`);
    return found && {path, text: found.text};
  };

  const main = await firstOf(candidates(os, await commandLine()), read);
  const folders = [paths.dirname(main.path), ...knownFolders(os)];
  const files = new Map([[main.path, main]]);
  const missing: (Why & {path: string})[] = [];
  // A map is walked in the order in which files are added: that of containerd, breadth first.
  for (const {path, text} of files.values()) {
    for (const named of importsOf({file: path, text})) {
      const target = paths.isAbsolute(named) ? named : paths.join(paths.dirname(path), named);
      if (!folders.some(folder => isBelow(paths.dirname(target), folder, paths))) {
        missing.push({
          path: target,
          reason: 'denied',
          detail: `${target} lies outside of containerd's folders`,
        });
        continue;
      }
      for (const wanted of await matching(target, root, paths)) {
        if (files.has(wanted) || files.size >= MAX_FILES) continue;
        try {
          const found = await read(wanted);
          if (found) files.set(wanted, found);
          else
            missing.push({
              path: wanted,
              reason: 'failed',
              detail: `${path} imports ${wanted}, which is not there`,
            });
        } catch (error) {
          missing.push({path: wanted, ...whyMissing(error)});
        }
      }
    }
  }
  return {files: [...files.values()], missing};
}

function pathsOf(os: AgentOs): PlatformPath {
  return os === 'windows' ? win32 : posix;
}

function candidates(os: AgentOs, commandLine = ''): readonly string[] {
  const named = containerdFlags(commandLine).config;
  const paths = pathsOf(os);
  const known = RUNTIME_PLACES.filter(place => place.os === os).flatMap(
    ({configFolder, configName = 'config.toml'}) =>
      configFolder === undefined ? [] : [paths.join(configFolder, configName)],
  );
  return named === undefined ? known : [named];
}

async function firstOf(
  paths: readonly string[],
  read: (path: string) => Promise<FoundConfig | undefined>,
): Promise<FoundConfig> {
  for (const path of paths) {
    const found = await read(path);
    if (found) return found;
  }
  throw new CollectError('failed', `containerd has no configuration: none of ${paths.join(', ')} is there`);
}

function knownFolders(os: AgentOs): readonly string[] {
  return RUNTIME_PLACES.filter(place => place.os === os)
    .map(place => place.configFolder)
    .filter(folder => folder !== undefined);
}

function isBelow(folder: string, root: string, paths: PlatformPath): boolean {
  const path = paths.relative(root, folder);
  return path === '' || (path !== '..' && !/^\.\.[\\/]/.test(path) && !paths.isAbsolute(path));
}

/** Paths that an import means: itself, or the files that its pattern matches. Patterns stand in the last part only. */
async function matching(target: string, root: string, paths: PlatformPath): Promise<string[]> {
  if (!target.includes('*')) return [target];
  const pieces = paths
    .basename(target)
    .split('*')
    .map(piece => piece.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  const pattern = new RegExp(`^${pieces.join('.*')}$`);
  const names = await readdir(root + paths.dirname(target)).catch((): string[] => []);
  return names
    .filter(name => pattern.test(name))
    .toSorted()
    .map(name => paths.join(paths.dirname(target), name));
}
