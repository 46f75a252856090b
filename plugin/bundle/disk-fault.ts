/** What keeps a file from growing, by the code that the system gives. */
const FAULTS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the quota of the disk is used up'],
  ['EFBIG', 'files may not become so large here'],
  ['EIO', 'the disk does not work'],
  ['EROFS', 'the disk may only be read'],
]);

/** Says in words why a disk takes no more; undefined where it is for another reason, or none of a disk. */
export function diskFault(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const fault = 'code' in at ? FAULTS.get(String(at.code)) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}
