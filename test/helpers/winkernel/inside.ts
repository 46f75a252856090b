/** Whether an IPv4 address is in a network. */
export function isInside(ip: string, prefix: string): boolean {
  if (ip.includes(':')) return false;
  const [base = '', length = '32'] = prefix.split('/');
  const shift = 2 ** (32 - Number(length));
  return Math.floor(numberOf(ip) / shift) === Math.floor(numberOf(base) / shift);
}

function numberOf(ip: string): number {
  return ip.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
