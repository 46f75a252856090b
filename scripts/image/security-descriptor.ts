/** SIDs by their numbers (MS-DTYP §2.4.2.4): BUILTIN\Administrators and NT AUTHORITY\SYSTEM. */
const ADMINISTRATORS = sid(32, 544);
const SYSTEM = sid(18);

/** DACL present, protected from what a parent would hand down, self-relative (MS-DTYP §2.4.6). */
const CONTROL = 0x8000 | 0x1000 | 0x0004;
const HEADER_BYTES = 20;
const ACL_HEADER_BYTES = 8;
const ACL_REVISION = 2;
/** OBJECT_INHERIT_ACE and CONTAINER_INHERIT_ACE. */
const INHERIT = 0x3;

/** Everything, of a file (FILE_ALL_ACCESS) and of a registry key (KEY_ALL_ACCESS). */
export const ALL_ACCESS = {file: 0x001f_01ff, key: 0x000f_003f} as const;

/**
 * A self-relative security descriptor that gives everything to administrators and SYSTEM and nothing to anybody else:
 * `O:BAG:SYD:P(A;OICI;…;;;BA)(A;OICI;…;;;SY)`. Who may replace the agent or put a library beside it is SYSTEM already.
 */
export function administratorsOnly(access: number, inherit: boolean): Buffer {
  const acl = aclOf([ADMINISTRATORS, SYSTEM].map(who => allow(who, {access, inherit})));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(1, 0);
  header.writeUInt16LE(CONTROL, 2);
  const owner = HEADER_BYTES + acl.length;
  header.writeUInt32LE(owner, 4);
  header.writeUInt32LE(owner + ADMINISTRATORS.length, 8);
  header.writeUInt32LE(HEADER_BYTES, 16);
  return Buffer.concat([header, acl, ADMINISTRATORS, SYSTEM]);
}

/** Of the NT authority (5). */
function sid(...parts: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUInt8(5, 7);
  for (const [i, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * i);
  return bytes;
}

function allow(who: Buffer, {access, inherit}: {access: number; inherit: boolean}): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt8(inherit ? INHERIT : 0, 1);
  header.writeUInt16LE(header.length + who.length, 2);
  header.writeUInt32LE(access, 4);
  return Buffer.concat([header, who]);
}

function aclOf(entries: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(ACL_HEADER_BYTES);
  const body = Buffer.concat(entries);
  header.writeUInt8(ACL_REVISION, 0);
  header.writeUInt16LE(header.length + body.length, 2);
  header.writeUInt16LE(entries.length, 4);
  return Buffer.concat([header, body]);
}
