import type {Probe} from '../types.ts';
import {curl, curlResolves} from './curl.ts';
import {getent, nslookup} from './names.ts';
import {powershellAsks, powershellConnects, powershellResolves} from './powershell.ts';
import {bash, ncRuns, ncZero} from './shells.ts';
import type {ToolCall} from './tool.ts';
import {wget} from './wget.ts';

/**
 * Programs that may try a probe from inside its pod, the ones first that do least and are quickest; none where no program can,
 * as with the path's MTU.
 */
export function callsFor({leg, from, to, protocol, query = ''}: Probe): ToolCall[] {
  const {host, port} = to;
  const isWindows = from.os === 'windows';
  switch (protocol) {
    case 'tcp':
      return isWindows
        ? [...powershellConnects(host, port), curl('windows', 'telnet', host, port)]
        : [
            bash(host, port),
            ncZero(host, port),
            ncRuns(host, port),
            curl('linux', 'telnet', host, port),
            wget('http', host, port),
          ];
    case 'http':
    case 'https':
      return [curl(from.os, protocol, host, port), ...(isWindows ? [] : [wget(protocol, host, port)])];
    case 'dns-udp':
      if (leg === 'short-name')
        return isWindows
          ? [...powershellResolves(query), curlResolves('windows', query)]
          : [getent(query), curlResolves('linux', query)];
      return [...(isWindows ? powershellAsks(query, host, false) : []), nslookup(from.os, query, host)];
    case 'dns-tcp':
      return isWindows ? powershellAsks(query, host, true) : [];
    case 'path-mtu':
      return [];
    default:
      return protocol satisfies never;
  }
}
