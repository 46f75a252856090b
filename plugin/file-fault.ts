/** What keeps people from reading or writing a file, by the code that the system gives. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or directory'],
  ['EACCES', 'you may not read it'],
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of its path is no directory'],
  ['ELOOP', 'its links lead in a circle'],
]);

/** Says in words why a file could not be opened, without the names of system calls. */
export function fileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return REASONS.get(code ?? '') ?? (error instanceof Error ? error.message : String(error));
}
