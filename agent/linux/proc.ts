/** Readers of the texts of /proc and /etc (proc(5), os-release(5)); pure. */

/** `KEY=value` and `KEY="value"` lines of os-release. */
export function parseOsRelease(text: string): Record<string, string> {
  const pairs = text.matchAll(/^([A-Z_][A-Z\d_]*)=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(.*))$/gm);
  return Object.fromEntries(
    Array.from(pairs, ([, key = '', double, single, bare]) => [
      key,
      double?.replaceAll(/\\(.)/g, '$1') ?? single ?? bare?.trim() ?? '',
    ]),
  );
}

/** Sizes of /proc/meminfo in bytes. */
export function parseMeminfo(text: string): Record<string, number> {
  return Object.fromEntries(
    Array.from(text.matchAll(/^(\w+(?:\(\w+\))?):\s+(\d+) kB$/gm), ([, key = '', size]) => [
      key,
      Number(size) * 1024,
    ]),
  );
}

/** What is needed of /proc/<pid>/stat. `ticks` is the start since boot in clock ticks. */
export interface ProcStat {
  name: string;
  parent: number;
  threads: number;
  ticks: number;
}

/** Fields of proc_pid_stat(5), counted behind the name, which may hold anything, parentheses too. */
const PARENT = 1;
const THREADS = 17;
const START = 19;

/** Reads /proc/<pid>/stat; undefined where it is of another form. */
export function parseStat(text: string): ProcStat | undefined {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return undefined;
  const fields = text.slice(close + 2).split(' ');
  const [parent, threads, ticks] = [fields[PARENT], fields[THREADS], fields[START]].map(Number);
  if (parent === undefined || threads === undefined || !Number.isInteger(ticks)) return undefined;
  return {name: text.slice(open + 1, close), parent, threads, ticks: ticks ?? 0};
}

/** Seconds since 1970 at which the kernel started, in /proc/stat. */
export function parseBootTime(text: string): number | undefined {
  const [, seconds] = /^btime (\d+)$/m.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Local ports in /proc/net/tcp, tcp6, udp or udp6. */
export function parseLocalPorts(text: string): number[] {
  return Array.from(text.matchAll(/^ *\d+: [\dA-F]+:([\dA-F]{4}) /gm), ([, port = '']) =>
    Number.parseInt(port, 16),
  );
}

/** `1000-1999,8080` of /proc/sys/net/ipv4/ip_local_reserved_ports. */
export function parsePortList(text: string): {start: number; end: number}[] {
  return Array.from(text.matchAll(/(\d+)(?:-(\d+))?/g), ([, start, end]) => ({
    start: Number(start),
    end: Number(end ?? start),
  }));
}

/** Name servers of resolv.conf. */
export function parseNameServers(text: string): string[] {
  return Array.from(text.matchAll(/^nameserver\s+(\S+)/gm), ([, address = '']) => address);
}
