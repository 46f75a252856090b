import {readdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {redactCniConfig} from '../../src/cri/cni-redact.ts';
import {readContainerdConfig} from '../../src/cri/config/read.ts';
import {RUNTIME_PLACES} from '../../src/data/runtime-places.ts';
import {CollectError} from '../collect/collector.ts';
import type {CollectedFile, Collector, MissingFile} from '../collect/collector.ts';
import {whyMissing} from '../collect/why-missing.ts';
import {findConfigs} from '../cri/config-files.ts';
import type {ConfigPorts} from '../cri/config-files.ts';
import {readTextBelow} from '../files/read-text.ts';

const TIMEOUT_MS = 10_000;
/** Bytes of one configuration; one with many policies has 10 KB. */
const MAX_BYTES = 512 * 1024;
/** More configurations than any node has. */
const MAX_FILES = 64;
/** What libcni reads (https://github.com/containernetworking/cni/blob/main/libcni/conf.go). */
const CONFIGURATION = /\.(?:conflist|conf|json)$/;

/**
 * `cni/<file>` for each configuration in the folders that containerd names and that distributions use, in libcni's order, and
 * `cni/bin.json`: `[{name, folder, size, modified}]` of the programs.
 */
export function cniCollector(ports: ConfigPorts): Collector {
  return {
    name: 'cni',
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    async *collect({signal}) {
      const {conf, bin} = await foldersOf(ports);
      const root = ports.root ?? '';
      const taken = new Set<string>();
      const listed = await listAll(conf, root);
      for (const {folder, name} of listed.filter(({name}) => CONFIGURATION.test(name)).slice(0, MAX_FILES)) {
        signal.throwIfAborted();
        yield await readConfiguration(folder, name, {root, file: unique(name, taken)});
      }
      yield await programs(bin, root);
      if (taken.size === 0)
        throw new CollectError('failed', `no CNI configuration lies in any of ${conf.join(', ')}`);
    },
  };
}

/** Folders of containerd's own configuration first. Without one, those of the distributions remain. */
async function foldersOf(ports: ConfigPorts): Promise<{conf: readonly string[]; bin: readonly string[]}> {
  const found = await findConfigs(ports).catch(() => undefined);
  const files = (found?.files ?? []).map(({path, text}) => ({file: path, text}));
  const {confDir, binDirs} = readContainerdConfig(files).cni;
  const known = RUNTIME_PLACES.filter(place => place.os === ports.os);
  return {
    conf: distinct([confDir, ...known.map(place => place.cniConf)]),
    bin: distinct([...binDirs, ...known.map(place => place.cniBin)]),
  };
}

function distinct(folders: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(folders.filter(folder => folder !== undefined))];
}

async function listAll(folders: readonly string[], root: string): Promise<{folder: string; name: string}[]> {
  const all = [];
  for (const folder of folders) {
    const names = await readdir(root + folder).catch((): string[] => []);
    all.push(...names.toSorted().map(name => ({folder, name})));
  }
  return all;
}

async function readConfiguration(
  folder: string,
  name: string,
  {root, file}: {root: string; file: string},
): Promise<CollectedFile | MissingFile> {
  const facts = {file: `cni/${file}`, source: join(folder, name)};
  try {
    const read = await readTextBelow(root + folder, name, MAX_BYTES);
    if (!read) return {...facts, missing: {reason: 'failed', detail: `${facts.source} went away`}};
    const partial = {reason: 'failed' as const, detail: `${read.skipped} bytes more were there`};
    return {...facts, body: redactCniConfig(read.text), ...(read.skipped > 0 && {partial})};
  } catch (error) {
    return {...facts, missing: whyMissing(error)};
  }
}

async function programs(folders: readonly string[], root: string): Promise<CollectedFile | MissingFile> {
  const facts = {file: 'cni/bin.json', source: folders.join(', ')};
  const found = [];
  for (const {folder, name} of await listAll(folders, root)) {
    const about = await stat(join(root + folder, name)).catch(() => undefined);
    if (about?.isFile())
      found.push({name, folder, size: about.size, modified: about.mtime.toISOString().replace('.000Z', 'Z')});
  }
  if (found.length === 0)
    return {...facts, missing: {reason: 'failed', detail: `no program lies in any of ${facts.source}`}};
  return {...facts, body: `${JSON.stringify(found, null, 2)}\n`};
}

/** `10-flannel.conflist`, and `10-flannel-2.conflist` for another of that name in another folder. */
function unique(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.');
  const stem = name.slice(0, dot).replaceAll(/[^\w.-]+/g, '_');
  const extension = name.slice(dot);
  let free = `${stem}${extension}`;
  for (let n = 2; taken.has(free) || free === 'bin.json'; n++) free = `${stem}-${n}${extension}`;
  taken.add(free);
  return free;
}
