/** How names are resolved at a vantage point, as the kubelet set it up. */
export interface DnsSettings {
  /** Addresses, the first to be asked first. */
  readonly servers: readonly string[];
  readonly searches: readonly string[];
  /** Dots from which on a name is tried as it is first. */
  readonly ndots: number;
}

/** resolv.conf(5). */
export const DEFAULT_NDOTS = 1;
const MAX_NDOTS = 15;

/** `ndots` among options as resolv.conf and CRI have them: `ndots:5`. */
export function ndotsOf(options: readonly string[]): number {
  const [, digits] = options.map(option => /^ndots:(\d+)$/.exec(option)).findLast(match => match) ?? [];
  return digits === undefined ? DEFAULT_NDOTS : Math.min(Number(digits), MAX_NDOTS);
}

/** Reads a resolv.conf(5): all servers, the last list of suffixes. */
export function readResolvConf(text: string): DnsSettings {
  const servers: string[] = [];
  const options: string[] = [];
  let searches: readonly string[] = [];
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver') servers.push(...words.slice(0, 1));
    else if (keyword === 'search' || keyword === 'domain') searches = words;
    else if (keyword === 'options') options.push(...words);
  }
  return {servers, searches, ndots: ndotsOf(options)};
}
