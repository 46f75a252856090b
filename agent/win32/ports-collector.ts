import type {ExcludedRange, PortFacts, PortProtocol, PortRange} from '../../src/protocol/node-facts.ts';
import type {Collector} from '../collect/collector.ts';
import {CollectError} from '../collect/collector.ts';
import {freeBlocks} from '../host/free-blocks.ts';
import {Gaps} from '../host/gaps.ts';
import {jsonFile} from '../host/json-file.ts';
import type {RunProgram} from '../host/run-program.ts';
import type {LocalSocket} from './api/sockets.ts';
import {parseDynamicRange, parseExcludedRanges} from './netsh.ts';
import type {WindowsPorts} from './ports.ts';
import {SYSTEM32, systemEnvironment} from './system-programs.ts';

const NETSH_DEADLINE_MS = 5000;
const NETSH_MAX_BYTES = 1024 * 1024;

/** Makes `net/ports.json`. Only netsh knows the dynamic and the excluded ranges; sockets come from the kernel. */
export function portsCollector({ask, run}: WindowsPorts): Collector {
  return {
    name: 'net.ports',
    timeoutMs: 15_000,
    maxBytes: 1024 * 1024,
    async *collect({signal}) {
      const gaps = new Gaps();
      const netsh: Netsh = (what, protocol) => runNetsh(run, [what, `protocol=${protocol}`], signal);
      const [tcp, udp, tcpExcluded, udpExcluded, answer] = await Promise.all([
        gaps.soon('dynamicRange', dynamicRange(netsh, 'tcp')),
        gaps.soon('udpDynamicRange', dynamicRange(netsh, 'udp')),
        gaps.soon('excludedRanges of TCP', excludedRanges(netsh, 'tcp')),
        gaps.soon('excludedRanges of UDP', excludedRanges(netsh, 'udp')),
        gaps.soon('sockets', ask('sockets', signal)),
      ]);
      const sockets = answer?.value;
      const value: PortFacts = {
        dynamicRange: tcp,
        udpDynamicRange: udp,
        excludedRanges: [...(tcpExcluded ?? []), ...(udpExcluded ?? [])],
        freeBlocks64:
          tcp && tcpExcluded && sockets ? freeBlocks(tcp, tcpExcluded, blockingPorts(sockets)) : null,
        used: tcp && sockets ? usedPorts(sockets, tcp) : null,
        udpUsed: udp && sockets ? usedPorts(sockets, udp) : null,
      };
      yield jsonFile('net/ports.json', {value, source: SOURCE, ...gaps.partial()});
    },
  };
}

const SOURCE =
  'netsh interface ipv4 show dynamicport, excludedportrange; GetExtendedTcpTable, GetExtendedUdpTable';

type Netsh = (what: string, protocol: PortProtocol) => Promise<string>;

async function dynamicRange(netsh: Netsh, protocol: PortProtocol): Promise<PortRange> {
  const range = parseDynamicRange(await netsh('dynamicport', protocol), protocol);
  if (!range) throw new CollectError('failed', 'netsh printed no two numbers');
  return range;
}

async function excludedRanges(netsh: Netsh, protocol: PortProtocol): Promise<ExcludedRange[]> {
  return parseExcludedRanges(await netsh('excludedportrange', protocol), protocol);
}

async function runNetsh(run: RunProgram, args: readonly string[], signal: AbortSignal): Promise<string> {
  const {stdout, exitCode} = await run({
    file: `${SYSTEM32}\\netsh.exe`,
    args: ['interface', 'ipv4', 'show', ...args],
    env: systemEnvironment(),
    signal,
    deadlineMs: NETSH_DEADLINE_MS,
    maxBytes: NETSH_MAX_BYTES,
  });
  if (exitCode !== 0) throw new CollectError('failed', `netsh ended with exit code ${exitCode ?? 'none'}`);
  // Its words are in the console's code page; digits, dashes and stars are ASCII in all of them.
  return stdout.toString('latin1');
}

/** TCP ports that a block may not hold. What is bound to loopback only is no hindrance to HNS, by Microsoft's estimate. */
export function blockingPorts(sockets: readonly LocalSocket[]): Set<number> {
  return new Set(
    sockets
      .filter(({protocol, address}) => protocol === 'tcp' && !address.startsWith('127.'))
      .map(({port}) => port),
  );
}

/** How many different ports of a range have a socket. */
export function usedPorts(
  sockets: readonly LocalSocket[],
  {protocol, start, count}: {protocol: PortProtocol; start: number; count: number},
): number {
  const ports = sockets.filter(s => s.protocol === protocol && s.port >= start && s.port < start + count);
  return new Set(ports.map(({port}) => port)).size;
}
