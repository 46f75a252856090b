import {channelGap, findEvents} from '../../node/find-events.ts';
import type {WinEvent} from '../../node/eventlog.ts';
import {DAY} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';
import type {ServiceRole} from './shared/node-services.ts';
import {roleInEvent} from './shared/node-services.ts';

const RECENT = DAY;
const MANAGER = /^Service Control Manager$/i;
/** Ended with an error (7023, 7024), crashed and is started again (7031), crashed (7034). */
const CRASHES = [7023, 7024, 7031, 7034] as const;
/** The process that is named in Application Error 1000 and in WER reports of its kind. */
const REPORTERS = /^(?:Application Error|Windows Error Reporting)$/i;
const PROGRAM = /^(kubelet|containerd|kube-?proxy|rke2|vmcompute|csi-?proxy)\.exe$/i;

export default defineCheck({
  id: 'NOD011',
  name: 'service-crashing',
  severity: 'error',
  since: '0.1.0',
  title: 'Services that nodes need crash',
  evidence: ['N'],
  needs: ['nodes', 'node.eventlog'],
  perNode: true,
  docs: {
    what: 'Events of the last day about kubelet, containerd, kube-proxy, rke2, csi-proxy, hns and vmcompute: Service Control Manager 7023, 7024 (ended with an error), 7031 and 7034 (ended unexpectedly), and crashes of their programs in the Application log.',
    why: 'A crash of HNS takes all load balancers with it, one of containerd or the kubelet stops every start of a pod; that the service runs again hides the reason.',
    fix: [
      'Read what it said before it ended: `kubectl win logs node/NODE --source kubelet` or `--source containerd`.',
      'After a crash of hns, restart kube-proxy: it does not make its load balancers anew by itself.',
      'Install the latest update of Windows, and of containerd.',
    ],
    links: ['https://github.com/microsoft/hcsshim/issues/2155'],
  },
  *run(input) {
    yield* eachNode(input, ['node.eventlog'], function* ({node, facts, at}) {
      const logs = facts['node.eventlog'];
      const since = input.now - RECENT;
      const ended = findEvents(logs, {channel: 'System', provider: MANAGER, ids: CRASHES, since});
      const crashed = findEvents(logs, {channel: 'Application', provider: REPORTERS, ids: [1000], since});
      const byRole = Map.groupBy(
        [...ended, ...crashed].filter(e => roleOfEvent(e) !== undefined),
        roleOfEvent,
      );
      for (const [role, events] of byRole) {
        const [newest] = events;
        if (!role || !newest) continue;
        yield fail(node, {
          cause: role,
          message: `${role} of ${node.metadata.name} ended unexpectedly ${count(events.length, 'time')} in the last day, lastly at ${newest.time}`,
          evidence: events.slice(0, 3).map(e => eventRef(at, e)),
          since: events.at(-1)?.time ?? newest.time,
        });
      }
      if (byRole.size > 0) return;
      const gap = channelGap(logs, 'System');
      yield gap ? unknown(node, 'node.eventlog', gap) : pass(node);
    });
  },
});

function roleOfEvent({provider, data}: WinEvent): ServiceRole | undefined {
  const named = data['param1'] ?? data['0'] ?? data['AppName'] ?? '';
  if (MANAGER.test(provider)) return roleInEvent(named);
  const program = PROGRAM.exec(named)?.[1];
  return program === undefined ? undefined : roleInEvent(program);
}
