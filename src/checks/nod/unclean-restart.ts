import type {WinEvent} from '../../node/eventlog.ts';
import {channelGap, findEvents} from '../../node/find-events.ts';
import {DAY} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';

const RECENT = DAY;
const CHANNEL = 'System';

export default defineCheck({
  id: 'NOD008',
  name: 'unclean-restart',
  severity: 'warning',
  since: '0.1.0',
  title: 'Nodes crashed or were switched off without a shutdown',
  evidence: ['N'],
  needs: ['nodes', 'node.eventlog'],
  perNode: true,
  docs: {
    what: 'The System log of each Windows node in the last day: Kernel-Power 41 (started without a clean shutdown before), EventLog 6008 (the last shutdown was unexpected), and the bug check that WER reports.',
    why: 'All pods of the node ended at once, layers and volumes may be damaged, and what crashed it once does so again.',
    fix: [
      'A bug check: look its code up, `kubectl win explain CODE`, and keep `C:\\Windows\\MEMORY.DMP`.',
      'Without one, ask the provider: the host of the virtual machine may have failed, or somebody reset it.',
      'Install the latest update of Windows.',
    ],
    links: [
      'https://learn.microsoft.com/troubleshoot/windows-client/performance/event-id-41-restart',
      'https://learn.microsoft.com/windows-hardware/drivers/debugger/bug-check-code-reference2',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.eventlog'], function* ({node, facts, at}) {
      const logs = facts['node.eventlog'];
      const since = input.now - RECENT;
      const query = (provider: RegExp, id: number): WinEvent | undefined =>
        findEvents(logs, {channel: CHANNEL, provider, ids: [id], since})[0];
      const power = query(/Kernel-Power$/i, 41);
      const crash = query(/WER-SystemErrorReporting$/i, 1001);
      const unexpected = query(/^EventLog$/i, 6008);
      const found = [crash, power, unexpected].filter(e => e !== undefined);
      const [first] = found;
      const gap = channelGap(logs, CHANNEL);
      if (first) {
        const code = bugCheck(power, crash);
        yield fail(node, {
          cause: code ? `bug check ${code}` : 'no clean shutdown',
          message: `${node.metadata.name} ${code ? `crashed with bug check ${code}` : 'was restarted without a clean shutdown'}, told at ${first.time}`,
          evidence: found.map(e => eventRef(at, e)),
          since: first.time,
        });
      } else if (gap) yield unknown(node, 'node.eventlog', gap);
      else yield pass(node);
    });
  },
});

/** Kernel-Power has the code in decimal, where 0 is none; WER has it first among its arguments, `0x0000009f (…)`. */
function bugCheck(power: WinEvent | undefined, crash: WinEvent | undefined): string | undefined {
  const decimal = Number(power?.data['BugcheckCode'] ?? 0);
  if (decimal > 0) return `0x${decimal.toString(16)}`;
  const told = crash?.data['param1'] ?? crash?.data['0'];
  const hex = /0x[0-9a-f]{1,16}/i.exec(told ?? '')?.[0];
  return hex === undefined ? undefined : `0x${Number(hex).toString(16)}`;
}
