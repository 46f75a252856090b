import {isIP} from 'node:net';

/**
 * The proxy for a server: the kubeconfig's `proxy-url`, else what the environment says (`HTTPS_PROXY`, `HTTP_PROXY`,
 * `NO_PROXY`, in either case), never for this machine itself, as Go's ProxyFromEnvironment has it.
 */
export function proxyFor(
  server: string,
  configured: string | undefined,
  env: NodeJS.ProcessEnv,
): string | undefined {
  if (configured) return configured;
  const url = new URL(server);
  const proxy =
    url.protocol === 'https:'
      ? (env['HTTPS_PROXY'] ?? env['https_proxy'])
      : (env['HTTP_PROXY'] ?? env['http_proxy']);
  if (!proxy || isLoopback(url.hostname)) return undefined;
  if (isExcluded(url, env['NO_PROXY'] ?? env['no_proxy'] ?? '')) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Whether a host name means this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}

function isExcluded(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase();
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .split(',')
    .map(part => part.trim().toLowerCase())
    .filter(Boolean)
    .some(part => matches(part, host, port));
}

function matches(part: string, host: string, port: string): boolean {
  if (part === '*') return true;
  if (part.includes('/')) return isIP(host) === 4 && inRange(host, part);
  const [name = '', ofPort] = isIP(part) === 6 ? [`[${part}]`] : part.split(':');
  if (ofPort !== undefined && ofPort !== port) return false;
  const suffix = name.replace(/^\*?\.?/, '');
  return host === suffix ? !name.startsWith('.') : host.endsWith(`.${suffix}`);
}

function inRange(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  if (isIP(network) !== 4) return false;
  const mask = Number(bits) === 0 ? 0 : (-1 << (32 - Number(bits))) >>> 0;
  return (toNumber(host) & mask) >>> 0 === (toNumber(network) & mask) >>> 0;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
