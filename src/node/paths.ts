import type {AgentOs} from '../protocol/names.ts';

/** Where the files of nodes stand in a bundle (CONTRACT §4). */
export const NODE_FILES_ROOT = 'host-collectors';

/** Path of a node's file in a bundle. */
export function nodePath(node: string, os: AgentOs, file: string): string {
  return `${NODE_FILES_ROOT}/${node}/${os}/${file}`;
}

/** A node's file by its path in a bundle; undefined where it is none. */
export function nodeFileOf(path: string): {node: string; os: AgentOs; file: string} | undefined {
  const [, node, os, file] = PATH.exec(path) ?? [];
  if (node === undefined || file === undefined || (os !== 'windows' && os !== 'linux')) return undefined;
  return {node, os, file};
}

const PATH = /^host-collectors\/([^/]+)\/(windows|linux)\/(.+)$/;
