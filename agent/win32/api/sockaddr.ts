/** Address families of winsock2.h; AF_INET6 is 23 on Windows. */
const AF_INET = 2;
const AF_INET6 = 23;

/** Text of the address in a SOCKADDR_INET or `sockaddr`; undefined for another family or a structure cut short. */
export function addressText(sockaddr: Buffer): string | undefined {
  if (sockaddr.length < 8) return undefined;
  switch (sockaddr.readUInt16LE(0)) {
    case AF_INET:
      return ipv4Text(sockaddr.subarray(4, 8));
    case AF_INET6:
      return sockaddr.length < 24 ? undefined : ipv6Text(sockaddr.subarray(8, 24));
    default:
      return undefined;
  }
}

/** `10.0.0.1` of four bytes in network order. */
export function ipv4Text(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** Text of sixteen bytes as RFC 5952 wants it: lower case, the longest run of two or more zero groups as `::`. */
export function ipv6Text(bytes: Buffer): string {
  const groups = Array.from({length: 8}, (_, i) => bytes.readUInt16BE(i * 2));
  let best = {start: 0, length: 0};
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = {start, length};
  }
  if (best.length < 2) return hexGroups(groups);
  return `${hexGroups(groups.slice(0, best.start))}::${hexGroups(groups.slice(best.start + best.length))}`;
}

function hexGroups(groups: readonly number[]): string {
  return groups.map(group => group.toString(16)).join(':');
}
