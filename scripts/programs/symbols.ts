/** ELF-64, little-endian (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html). */
const SECTION_TABLE_AT = 0x28;
const ENTRY_SIZE_AT = 0x3a;
const NAMES_INDEX_AT = 0x3e;
const SYMTAB = 2;

interface Section {
  readonly name: number;
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** Index of the string table of a symbol table. */
  readonly link: number;
}

/**
 * Fills the symbols and debug information of an ELF executable with zeros, in place: nothing loads them, and 17 MB of Node.js'
 * are a tenth of what each node pulls. The sections stay where they are, so that nothing else of the file changes.
 */
export function blankSymbols(elf: Buffer): void {
  const sections = sectionsOf(elf);
  const names = sections[elf.readUInt16LE(NAMES_INDEX_AT)];
  for (const section of sections) {
    const nameAt = (names?.offset ?? 0) + section.name;
    const isDebug = elf.toString('latin1', nameAt, nameAt + '.debug_'.length) === '.debug_';
    if (isDebug || section.type === SYMTAB) blank(elf, section);
    const strings = sections[section.link];
    if (section.type === SYMTAB && strings && strings !== names) blank(elf, strings);
  }
}

function blank(elf: Buffer, {offset, size}: Section): void {
  elf.fill(0, offset, offset + size);
}

function sectionsOf(elf: Buffer): Section[] {
  const table = Number(elf.readBigUInt64LE(SECTION_TABLE_AT));
  const entry = elf.readUInt16LE(ENTRY_SIZE_AT);
  const count = elf.readUInt16LE(ENTRY_SIZE_AT + 2);
  return Array.from({length: count}, (_, i) => {
    const at = table + i * entry;
    return {
      name: elf.readUInt32LE(at),
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 0x18)),
      size: Number(elf.readBigUInt64LE(at + 0x20)),
      link: elf.readUInt32LE(at + 0x28),
    };
  });
}
