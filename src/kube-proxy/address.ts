/** Families of addresses, as Services name them. */
export type IpFamily = 'IPv4' | 'IPv6';

/** The family of an address. */
export function familyOf(address: string): IpFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/**
 * One spelling for an address, so that texts of several programs can be compared: IPv6 as eight groups without leading
 * zeros. What is no address is given back in lower case.
 */
export function canonical(address: string): string {
  if (!address.includes(':')) return address;
  const [text = ''] = address.toLowerCase().split('%');
  const [head = '', tail] = text.split('::');
  const front = groups(head);
  const back = tail === undefined ? [] : groups(tail);
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  const all = zeros < 0 ? [] : [...front, ...Array.from({length: zeros}, () => '0'), ...back];
  return all.length === 8 ? all.join(':') : text;
}

function groups(text: string): string[] {
  return text === '' ? [] : text.split(':').map(group => group.replace(/^0+(?=.)/, ''));
}
