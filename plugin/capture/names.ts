/** A name of an archive's entry: where it lies, or why it is hostile. An entry for the root itself has an empty path. */
export type EntryName = {path: string} | {hostile: string};

/**
 * Objects of a must-gather are named as the API names them (`clusterroles/system:node.yaml`): the only files with a colon
 * that tools of this field write. As nothing is ever written here, such a name does no harm.
 */
const API_NAME = /(?:^|\/)(?:cluster-scoped-resources|namespaces)\/./;

/** Checks the name of an archive's entry. Backslashes count as slashes: older .NET writes them, and Windows reads them so. */
export function entryName(raw: string): EntryName {
  const name = raw.replaceAll('\\', '/');
  if (name.includes('\0')) return {hostile: 'has a zero byte in its name'};
  if (/^[A-Za-z]:/.test(name)) return {hostile: 'names a drive'};
  if (name.startsWith('/')) return {hostile: 'is an absolute path'};
  const parts = name.split('/').filter(p => p !== '' && p !== '.');
  if (parts.includes('..')) return {hostile: 'leads out of the archive'};
  const path = parts.join('/');
  if (path.includes(':') && !(path.endsWith('.yaml') && API_NAME.test(path)))
    return {hostile: 'names an alternate data stream'};
  return {path};
}

/** Whether a link leads out of the archive. Symbolic ones count from where they lie, hard ones from the root. */
export function leadsOut(from: string, target: string, hard: boolean): boolean {
  const name = target.replaceAll('\\', '/');
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0')) return true;
  let depth = hard ? 0 : from.split('/').length - 1;
  for (const part of name.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/** A stranger's name for a message: quoted, control characters escaped, of bounded length. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);
}
