import type {CollectorSpec} from './collectors.ts';

const MAX_PATH = 400;

/**
 * Whether a text is a plain relative path that can be written below a folder on every system: no step up, no drive, no
 * stream, no control character. What an agent sends is not trusted either.
 */
export function isNodeFile(path: string): boolean {
  if (path.length === 0 || path.length > MAX_PATH || /[\u0000-\u001f\u007f\\:*?"<>|]/.test(path))
    return false;
  return path
    .split('/')
    .every(segment => segment !== '' && !/^\.{1,2}$/.test(segment) && !/[. ]$/.test(segment));
}

/** Whether a collector may make this file: one of its names, where `*` is anything within one segment. */
export function isFileOf({files}: Pick<CollectorSpec, 'files'>, path: string): boolean {
  return isNodeFile(path) && files.some(pattern => fits(pattern.split('/'), path.split('/')));
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, i) => fitsSegment(part, path[i] ?? ''));
}

function fitsSegment(pattern: string, segment: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === segment;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return (
    segment.length > before.length + after.length && segment.startsWith(before) && segment.endsWith(after)
  );
}
