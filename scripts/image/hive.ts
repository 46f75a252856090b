import {administratorsOnly, ALL_ACCESS} from './security-descriptor.ts';

/** Registry hives, as https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md describes them. */
const BLOCK = 4096;
const BIN_HEADER = 32;
const NONE = 0xffff_ffff;
/** Version 1.3, which every Windows that runs containers reads. */
const VERSION = {major: 1, minor: 3} as const;
/** The root of a hive, not to be deleted, its name in one byte a character. */
const ROOT_FLAGS = 0x0004 | 0x0008 | 0x0020;
const CHECKSUM_AT = 508;
const ROOT_NAME = 'ROOT';
const NK_NAME_AT = 0x4c;
const SK_DESCRIPTOR_AT = 0x14;

/**
 * A registry hive that holds nothing but its root key. The base layer of a Windows image must have five of them: when
 * containerd unpacks it, `ProcessBaseImage` of vmcompute.dll opens each, and empty files are refused from Windows Server 2025 on
 * (https://github.com/microsoft/Windows-Containers/issues/316: "The configuration registry database is corrupt").
 */
export function emptyHive(): Buffer {
  const descriptor = administratorsOnly(ALL_ACCESS.key, true);
  const root = Buffer.alloc(NK_NAME_AT + ROOT_NAME.length);
  const security = Buffer.alloc(SK_DESCRIPTOR_AT + descriptor.length);
  const rootAt = BIN_HEADER;
  const securityAt = rootAt + cellSize(root);

  root.write('nk', 0);
  root.writeUInt16LE(ROOT_FLAGS, 0x02);
  root.writeUInt32LE(NONE, 0x10); // No parent.
  // No subkeys, stable or volatile, no values, no class.
  for (const at of [0x1c, 0x20, 0x28, 0x30]) root.writeUInt32LE(NONE, at);
  root.writeUInt32LE(securityAt, 0x2c);
  root.writeUInt16LE(ROOT_NAME.length, 0x48);
  root.write(ROOT_NAME, NK_NAME_AT, 'latin1');

  security.write('sk', 0);
  // A ring of one.
  security.writeUInt32LE(securityAt, 0x04);
  security.writeUInt32LE(securityAt, 0x08);
  security.writeUInt32LE(1, 0x0c);
  security.writeUInt32LE(descriptor.length, 0x10);
  descriptor.copy(security, SK_DESCRIPTOR_AT);

  return Buffer.concat([baseBlock(rootAt), bin([root, security])]);
}

function baseBlock(root: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write('regf', 0);
  // Equal sequence numbers: whole, no log to replay.
  block.writeUInt32LE(1, 0x04);
  block.writeUInt32LE(1, 0x08);
  block.writeUInt32LE(VERSION.major, 0x14);
  block.writeUInt32LE(VERSION.minor, 0x18);
  block.writeUInt32LE(1, 0x20);
  block.writeUInt32LE(root, 0x24);
  block.writeUInt32LE(BLOCK, 0x28);
  block.writeUInt32LE(1, 0x2c);
  block.writeUInt32LE(checksum(block), CHECKSUM_AT);
  return block;
}

/** XOR of the words before it; 0 and -1 are never used. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let at = 0; at < CHECKSUM_AT; at += 4) sum ^= block.readUInt32LE(at);
  sum >>>= 0;
  if (sum === 0) return 1;
  return sum === NONE ? NONE - 1 : sum;
}

function bin(cells: readonly Buffer[]): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write('hbin', 0);
  block.writeUInt32LE(BLOCK, 0x08);
  let at = BIN_HEADER;
  for (const cell of cells) {
    // A size below zero marks a cell in use.
    block.writeInt32LE(-cellSize(cell), at);
    cell.copy(block, at + 4);
    at += cellSize(cell);
  }
  block.writeInt32LE(BLOCK - at, at);
  return block;
}

function cellSize(cell: Buffer): number {
  return Math.ceil((cell.length + 4) / 8) * 8;
}
