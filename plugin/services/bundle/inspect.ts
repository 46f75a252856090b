import {nodeFileOf} from '../../../src/node/paths.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import {visible} from '../../../src/report/visible.ts';
import {jsonText} from '../../../src/bundle/own-files.ts';
import {compareText} from '../../../src/text/compare.ts';
import {sizeText} from '../../capture/limits.ts';
import type {OpenOptions} from '../../capture/open.ts';
import {glanceAtBundle, openBundle} from './open-bundle.ts';

/** What a capture is and holds, `-o json`. */
export interface BundleInfo {
  apiVersion: 'kubectl-win/v1';
  kind: 'BundleInfo';
  path: string;
  layout: string;
  /** When and with what it was collected, of which cluster; null where nothing in it tells. */
  collectedAt: string | null;
  tool: string | null;
  cluster: string | null;
  files: number;
  bytes: number;
  /** Values that were taken out; null where nothing tells. */
  redactions: number | null;
  /** Kinds of API objects that it has files of, by their evidence. */
  kinds: string[];
  nodes: {name: string; os: string; files: number}[];
  podLogs: number;
  missing: ManifestGap[];
  /** What could not be listed or was left out, where all of it was looked at: one sentence each. */
  notes: string[];
}

/** Says what a capture is and holds without reading more of it than its manifest where that can be found, else its list of files. */
export async function inspectBundle(path: string, how: OpenOptions): Promise<BundleInfo> {
  const {listed, root, title, layout, manifest, notes} =
    (await glanceAtBundle(path, how)) ?? (await openBundle(path, how));
  const own = listed.map(file => ({...file, path: file.path.slice(root.length)}));
  const nodes = new Map<string, {name: string; os: string; files: number}>();
  for (const file of own) {
    const found = nodeFileOf(file.path);
    if (!found) continue;
    const node = nodes.get(found.node) ?? {name: found.node, os: found.os, files: 0};
    node.files++;
    nodes.set(found.node, node);
  }
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'BundleInfo',
    path,
    layout: layout === 'kubectl-win' ? 'kubectl win bundle' : title,
    collectedAt: manifest?.time ?? null,
    tool: manifest?.tool.version ?? null,
    cluster: manifest?.cluster.name ?? null,
    files: own.length,
    bytes: own.reduce((sum, {size}) => sum + size, 0),
    redactions: manifest ? manifest.files.reduce((sum, {redactions = 0}) => sum + redactions, 0) : null,
    kinds: RESOURCES.filter(({path: at}) =>
      own.some(
        file =>
          file.path === `cluster-resources/${at}.json` || file.path.startsWith(`cluster-resources/${at}/`),
      ),
    ).map(({key}) => key),
    nodes: [...nodes.values()].sort((a, b) => compareText(a.name, b.name)),
    podLogs: own.filter(file => file.path.startsWith('cluster-resources/pods/logs/')).length,
    missing: manifest?.missing ?? [],
    notes: [...notes],
  };
}

/** Nodes and gaps that are listed one by one. */
const MAX_LISTED = 20;

/** Shows what a capture is and holds. */
export async function showBundle(path: string, output: 'text' | 'json', how: OpenOptions): Promise<void> {
  const info = await inspectBundle(path, how);
  process.stdout.write(output === 'json' ? jsonText(info) : textOf(info));
}

function textOf(info: BundleInfo): string {
  const {nodes, missing, notes} = info;
  const windows = nodes.filter(({os}) => os === 'windows').length;
  const lines = [
    ['Layout', info.layout],
    ['Collected', info.collectedAt ?? 'not told'],
    ['Cluster', info.cluster ?? 'not told'],
    ['Made by', info.tool === null ? 'not told' : `kubectl win ${info.tool}`],
    ['Files', `${info.files}, ${sizeText(info.bytes)} unpacked`],
    ['Taken out', info.redactions === null ? 'not told' : `${info.redactions} values`],
    ['API objects', info.kinds.length === 0 ? 'none' : info.kinds.join(', ')],
    ['Nodes', nodes.length === 0 ? 'no node state' : `${windows} Windows, ${nodes.length - windows} other`],
    ['Pod logs', String(info.podLogs)],
  ].map(([name = '', value = '']) => `${name.padEnd(12)} ${visible(value)}\n`);
  const listed = nodes
    .slice(0, MAX_LISTED)
    .map(({name, os, files}) => `  ${visible(name)} (${os}): ${files} files\n`);
  if (nodes.length > MAX_LISTED) listed.push(`  and ${nodes.length - MAX_LISTED} more\n`);
  const gaps = missing.slice(0, MAX_LISTED).map(gap => `  ${visible(gapText(gap))}\n`);
  if (missing.length > MAX_LISTED) gaps.push(`  and ${missing.length - MAX_LISTED} more\n`);
  return [
    ...lines,
    ...(notes.length > 0 ? ['\nBeware\n', ...notes.map(note => `  ${visible(note)}\n`)] : []),
    ...(listed.length > 0 ? ['\nNodes\n', ...listed] : []),
    ...(gaps.length > 0 ? ['\nMissing\n', ...gaps] : []),
  ].join('');
}

function gapText({what, node, reason, detail, partial}: ManifestGap): string {
  return `${what}${node === undefined ? '' : ` of ${node}`}${partial === true ? ', in part' : ''} (${reason}): ${detail}`;
}
