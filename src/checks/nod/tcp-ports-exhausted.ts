import {valueOn} from '../../node/on-node.ts';
import {channelGap, findEvents} from '../../node/find-events.ts';
import {missing} from '../../snapshot/evidence.ts';
import {HOUR} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';

/** 4227: outgoing connections failed as their ports were in use; 4231: no port could be taken from the range. */
const EXHAUSTED = [4227, 4231] as const;
const FULL = 0.9;

export default defineCheck({
  id: 'NOD024',
  name: 'tcp-ports-exhausted',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes run out of TCP ports',
  evidence: ['N'],
  needs: ['nodes', 'node.eventlog'],
  wants: ['node.net.ports'],
  perNode: true,
  docs: {
    what: 'Events Tcpip 4227 and 4231 of the last hour in the System log of each Windows node, and how many ports of its dynamic range have a socket: more than nine in ten is an error.',
    why: 'New connections of the node fail: those of the kubelet, of image pulls, and of pods behind its outbound NAT.',
    fix: [
      'Find who holds them: `Get-NetTCPConnection | Group-Object OwningProcess -NoElement | Sort-Object Count`.',
      'Widen the range: `netsh int ipv4 set dynamicport tcp start=34000 num=31535`.',
      'Let clients keep and reuse their connections.',
    ],
    links: [
      'https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting',
    ],
  },
  *run(input) {
    const {wants} = input;
    yield* eachNode(input, ['node.eventlog'], function* ({node, facts, at}) {
      const {name} = node.metadata;
      const logs = facts['node.eventlog'];
      const query = {channel: 'System', provider: /^Tcpip$/i, ids: EXHAUSTED, since: input.now - HOUR};
      const [event] = findEvents(logs, query);
      const ports = valueOn(wants['node.net.ports'], name);
      const size = ports?.dynamicRange?.count;
      const used = ports?.used;
      const isFull = size !== undefined && used !== undefined && size > 0 && used / size > FULL;
      if (event || isFull) {
        const figures = size !== undefined && used !== undefined ? `${used} of ${size} ports are in use` : '';
        yield fail(node, {
          cause: 'ports exhausted',
          message: `${name} runs out of TCP ports: ${[event && `Tcpip ${event.id} at ${event.time}`, figures].filter(Boolean).join(', ')}`,
          evidence: [
            ...(event ? [eventRef(at, event)] : []),
            ...(used === undefined ? [] : [at('net/ports.json', '/used', used)]),
          ],
        });
        return;
      }
      const gap =
        channelGap(logs, 'System') ??
        (used === undefined || size === undefined
          ? missing('failed', 'how many ports are in use is not known')
          : undefined);
      if (gap) yield unknown(node, used === undefined ? 'node.net.ports' : 'node.eventlog', gap);
      else yield pass(node);
    });
  },
});
