import type {Ip, IpNet} from '../kube/ip.ts';
import {netHolds, parseIp, parseNet} from '../kube/ip.ts';

/** Where an agent lets probes go (CONTRACT §6). It is fixed when the agent is installed; no request changes it. */
export interface TargetPolicy {
  /** Networks of pods, Services and nodes, and addresses of DNS servers and API servers. */
  readonly networks: readonly IpNet[];
  /** Further targets that the installer allows: a name or an address with its port. */
  readonly listed: readonly {readonly host: string; readonly port: number}[];
}

/** One target that is asked for. */
export interface AskedTarget {
  /** Address or name, as the request has it. */
  readonly host: string;
  readonly port: number;
  /** DNS servers of the vantage point: the only link-local addresses that may be asked, and only on their port. */
  readonly dnsServers: readonly string[];
}

/** Why a target is refused, as a word for programs. */
export type Refusal =
  | 'malformed'
  | 'loopback'
  | 'link-local'
  | 'metadata'
  | 'not-unicast'
  | 'outside'
  | 'unresolved';

const DNS_PORT = 53;
const MAX_PORT = 65_535;

/** Reads the networks and `host:port` pairs that the manifests give the agent (`AGENT_ENV.targets`). What is neither is left out. */
export function readPolicy(texts: readonly string[]): TargetPolicy {
  const networks: IpNet[] = [];
  const listed: {host: string; port: number}[] = [];
  for (const text of texts.map(t => t.trim())) {
    const net = parseNet(text);
    if (net) networks.push(net);
    const [, host, port] = net ? [] : (HOST_PORT.exec(text) ?? []);
    if (host !== undefined && isPort(Number(port)))
      listed.push({host: host.replaceAll(/[[\]]/g, '').toLowerCase(), port: Number(port)});
  }
  return {networks, listed};
}

/** `name:443`, `10.0.0.1:443`, `[fd00::1]:443`. */
const HOST_PORT = /^(\[[\da-f:.]+\]|[^:[\]/\s]+):(\d{1,5})$/i;

/**
 * Judges a target whose host is an address, or a name with the addresses that it resolved to just now. The connection must
 * then go to one of these addresses, never to the name, which may resolve otherwise a moment later. Undefined: it may go.
 */
export function refusalOf(
  policy: TargetPolicy,
  target: AskedTarget,
  resolved: readonly string[] = [],
): Refusal | undefined {
  const {host, port} = target;
  if (!isPort(port)) return 'malformed';
  const own = canonicalIp(host);
  if (own) return refusalOfAddress(policy, target, own);
  if (!isName(host)) return 'malformed';
  if (resolved.length === 0) return 'unresolved';
  const name = host.toLowerCase().replace(/\.$/, '');
  const isListed = policy.listed.some(l => l.host === name && l.port === port);
  for (const text of resolved) {
    const address = canonicalIp(text);
    const refusal = address
      ? (neverAllowed(address, target) ?? (isListed ? undefined : outside(policy, target, address)))
      : 'malformed';
    if (refusal) return refusal;
  }
  return undefined;
}

function refusalOfAddress(policy: TargetPolicy, target: AskedTarget, address: Ip): Refusal | undefined {
  return neverAllowed(address, target) ?? outside(policy, target, address);
}

/** What no installer can allow. */
function neverAllowed(address: Ip, {port, dnsServers}: AskedTarget): Refusal | undefined {
  const found = NEVER.find(([net]) => netHolds(net, address));
  if (!found) return undefined;
  const [, refusal] = found;
  const isOwnDns = port === DNS_PORT && dnsServers.some(server => isSame(server, address));
  return refusal === 'link-local' && isOwnDns ? undefined : refusal;
}

function outside(
  {networks, listed}: TargetPolicy,
  {port, dnsServers}: AskedTarget,
  address: Ip,
): Refusal | undefined {
  if (networks.some(net => netHolds(net, address))) return undefined;
  if (listed.some(l => l.port === port && isSame(l.host, address))) return undefined;
  // A link-local address that came as far as here is the pod's own DNS server.
  const isOwnDns = port === DNS_PORT && dnsServers.some(server => isSame(server, address));
  return isOwnDns && LINK_LOCAL.some(net => netHolds(net, address)) ? undefined : 'outside';
}

function isSame(text: string, address: Ip): boolean {
  const other = canonicalIp(text);
  return other !== undefined && other.family === address.family && other.value === address.value;
}

function net(text: string): IpNet {
  const parsed = parseNet(text);
  if (!parsed) throw new TypeError(`${text} is no network`);
  return parsed;
}

const LINK_LOCAL = [net('169.254.0.0/16'), net('fe80::/10')];

/** https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry; metadata services of Azure and AWS. */
const NEVER: readonly (readonly [IpNet, Refusal])[] = [
  [net('127.0.0.0/8'), 'loopback'],
  [net('::1/128'), 'loopback'],
  [net('0.0.0.0/8'), 'not-unicast'],
  [net('::/128'), 'not-unicast'],
  [net('224.0.0.0/3'), 'not-unicast'],
  [net('ff00::/8'), 'not-unicast'],
  [net('168.63.129.16/32'), 'metadata'],
  [net('fd00:ec2::/32'), 'metadata'],
  ...LINK_LOCAL.map(linkLocal => [linkLocal, 'link-local'] as const),
];

/** IPv6 networks whose last 32 bits are an IPv4 address that the packet goes to: mapped, compatible, NAT64. */
const EMBEDDING = [net('::ffff:0:0/96'), net('::/96'), net('64:ff9b::/96'), net('::ffff:0:0:0/96')];
/** 6to4 has it behind its first 16 bits. */
const SIX_TO_FOUR = net('2002::/16');
const LOW_32 = 0xff_ff_ff_ffn;

/** An address in the one form that leaves no doubt; IPv4 inside IPv6 is taken as the IPv4 address that it reaches. */
function canonicalIp(text: string): Ip | undefined {
  // Zones choose an interface, and a leading zero means octal to some.
  if (text.includes('%') || /(?:^|[.])0\d/.test(text)) return undefined;
  const ip = parseIp(text);
  if (ip?.family !== 6) return ip;
  if (ip.value <= 1n) return ip;
  if (EMBEDDING.some(n => netHolds(n, ip))) return {family: 4, value: ip.value & LOW_32};
  if (netHolds(SIX_TO_FOUR, ip)) return {family: 4, value: (ip.value >> 80n) & LOW_32};
  return ip;
}

const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;
const MAX_NAME = 253;

/** Whether a text is a name to be resolved. One whose last label is a number is an address in some old form (`127.1`). */
function isName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  return text.length <= MAX_NAME && labels.every(l => LABEL.test(l)) && !/^(?:\d+|0x[\da-f]*)$/i.test(last);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= MAX_PORT;
}
