const BLOCK = 512;

/** A header of a tar entry (POSIX ustar) whose fields need not be right. */
export interface RawEntry {
  name: string;
  /** Type flag: `0` file, `1` link, `2` symbolic link, `x` pax header, `g` global pax header, `L` GNU long name, `S` sparse. */
  type?: string;
  content?: string | Uint8Array;
  /** Bytes that the header claims, where that is another number: text as it stands in the field, or bytes. */
  size?: string | Uint8Array;
  linkname?: string;
}

/** A tar archive of such entries, with the two blocks that end it. */
export function rawTar(entries: readonly RawEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

/** A record of a pax header: its length in decimal, counted with itself, key and value. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (String(length).length + Buffer.byteLength(rest) !== length) length++;
  return `${length}${rest}`;
}

function blocksOf({name, type = '0', content = '', size, linkname = ''}: RawEntry): Buffer[] {
  const body = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  Buffer.from(size ?? `${body.length.toString(8).padStart(11, '0')}\0`).copy(header, 124, 0, 12);
  header.write('15000000000\0', 136);
  header.write(type, 156);
  header.write(linkname, 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}
