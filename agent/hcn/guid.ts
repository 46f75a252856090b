const GUID = /^\{?([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\}?$/i;
const GUID_BYTES = 16;

/**
 * The 16 bytes of a Windows GUID structure: the first three groups are little-endian integers, the rest are bytes in order
 * (https://learn.microsoft.com/windows/win32/api/guiddef/ns-guiddef-guid). `undefined` where the text is no GUID.
 */
export function guidBytes(text: string): Uint8Array | undefined {
  const [, data1, data2, data3, data4, data5] = GUID.exec(text) ?? [];
  if (data1 === undefined || data2 === undefined || data3 === undefined) return undefined;
  const bytes = Buffer.alloc(GUID_BYTES);
  bytes.writeUInt32LE(Number.parseInt(data1, 16), 0);
  bytes.writeUInt16LE(Number.parseInt(data2, 16), 4);
  bytes.writeUInt16LE(Number.parseInt(data3, 16), 6);
  bytes.write(`${data4}${data5}`, 8, 'hex');
  return bytes;
}
