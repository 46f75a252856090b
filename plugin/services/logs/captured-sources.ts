import {CHANNELS} from '../../../src/logs/places/channels.ts';
import {LINUX_PLACES} from '../../../src/logs/places/linux.ts';
import {idOf, logsOf, rotationsOf, uniqueId} from '../../../src/logs/places/names.ts';
import {WINDOWS_PLACES} from '../../../src/logs/places/windows.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import type {LogSource} from '../../../src/protocol/sources.ts';
import {compareText} from '../../../src/text/compare.ts';

/** A file of a node in a capture. */
export interface NodeFile {
  /** In the capture. */
  path: string;
  /** Below the node's folder: `logs/kubelet/kubelet.log`. */
  file: string;
  /** Where it was on the node, as the manifest says. */
  source: string | undefined;
}

/** A log of a node in a capture. */
export interface CapturedSource extends LogSource {
  /** In the capture, the oldest first. */
  paths: readonly string[];
}

/** A log file by its folder and name on the node. */
interface Placed {
  path: string;
  component: string;
  folder: string;
  name: string;
}

/**
 * The logs of a node by the ids under which its agent lists them: where a file was says the manifest. What was in no place that
 * is known goes by its component and name.
 */
export function capturedSources(files: readonly NodeFile[], os: AgentOs): CapturedSource[] {
  const ids = new Set<string>();
  return [...fileSources(files.flatMap(placed), os, ids), ...channelSources(files, ids)];
}

function placed({path, file, source}: NodeFile): Placed[] {
  const [, component, stored] = /^logs\/([^/]+)\/([^/]+)$/.exec(file) ?? [];
  if (component === undefined || stored === undefined) return [];
  const [, folder, name] = /^(.+)\/([^/]+)$/.exec(source ?? '') ?? [];
  // What the kubelet told (`GET nodes/…`) was no file.
  const isFile = folder !== undefined && name !== undefined && !folder.startsWith('GET ');
  return [{path, component, folder: isFile ? folder : '', name: isFile ? name : stored}];
}

function fileSources(logs: readonly Placed[], os: AgentOs, ids: Set<string>): CapturedSource[] {
  const found: CapturedSource[] = [];
  const left = new Set(logs);
  for (const place of os === 'windows' ? WINDOWS_PLACES : LINUX_PLACES) {
    // An agent on Linux sees the node's file system below a folder of its own.
    const here = logs.filter(({folder}) => folder.endsWith(place.folder));
    const names = here.map(({name}) => name);
    for (const {component, id, file} of logsOf(place, names)) {
      const files = [...rotationsOf(file, names).sort(oldestFirst), ...names.filter(name => name === file)];
      if (files.length === 0) continue;
      const own = files.flatMap(name => here.filter(one => one.name === name));
      for (const one of own) left.delete(one);
      const paths = own.map(one => one.path);
      found.push({id: uniqueId(id, ids), kind: 'file', component, files, paths});
    }
  }
  const others = [...left].sort((a, b) => compareText(a.path, b.path));
  for (const {path, component, name} of others) {
    const id = uniqueId(idOf(component, name.replace(/\.\w+$/, '')), ids);
    found.push({id, kind: 'file', component, files: [name], paths: [path]});
  }
  return found;
}

function channelSources(files: readonly NodeFile[], ids: Set<string>): CapturedSource[] {
  const byName = new Map(
    files.flatMap(({path, file}) => {
      const name = /^eventlog\/([^/]+)\.xml$/.exec(file)?.[1];
      return name === undefined ? [] : [[name, path] as const];
    }),
  );
  const known = CHANNELS.flatMap(({id, component, name}): CapturedSource[] => {
    const stored = name.replaceAll('/', '-');
    const path = byName.get(stored);
    byName.delete(stored);
    return path === undefined
      ? []
      : [{id: uniqueId(id, ids), kind: 'channel', component, files: [name], paths: [path]}];
  });
  const others = [...byName]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, path]): CapturedSource => ({
      id: uniqueId(idOf('eventlog', name), ids),
      kind: 'channel',
      component: 'eventlog',
      files: [name],
      paths: [path],
    }));
  return [...known, ...others];
}

/** Names with a time are older where it is; of those with a number (`kubelet.log.2`) the higher is older. */
function oldestFirst(a: string, b: string): number {
  const [first, second] = [a, b].map(name => /\.(\d{1,3})$/.exec(name)?.[1]);
  return first !== undefined && second !== undefined ? Number(second) - Number(first) : compareText(a, b);
}
