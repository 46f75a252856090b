/** VS_FIXEDFILEINFO begins with this signature and version of the structure (https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo). */
const SIGNATURE = Buffer.from('bd04effe00000100', 'hex');
const FILE_VERSION_MS = 8;
const FILE_VERSION_LS = 12;

/**
 * The file version in a program's resources, `2.1.1.0`; null where it has none. LogMonitor 2.1.2 to 2.2.1 call themselves
 * 2.1.1, too, as their version was not raised.
 */
export function fileVersion(program: Uint8Array): string | null {
  const bytes = Buffer.from(program.buffer, program.byteOffset, program.byteLength);
  const at = bytes.indexOf(SIGNATURE);
  if (at === -1 || at + FILE_VERSION_LS + 4 > bytes.length) return null;
  const [major, minor] = [
    bytes.readUInt16LE(at + FILE_VERSION_MS + 2),
    bytes.readUInt16LE(at + FILE_VERSION_MS),
  ];
  const [build, revision] = [
    bytes.readUInt16LE(at + FILE_VERSION_LS + 2),
    bytes.readUInt16LE(at + FILE_VERSION_LS),
  ];
  return [major, minor, build, revision].join('.');
}
