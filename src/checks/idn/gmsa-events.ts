import {channelGap, findEvents} from '../../node/find-events.ts';
import {HOUR} from '../../snapshot/time.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';

const CHANNEL = 'Microsoft-Windows-Containers-CCG/Admin';
const RECENT = HOUR;
/** Ids and what they say (https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/gmsa-troubleshooting). */
const MEANINGS: ReadonlyMap<number, string> = new Map([
  [3, 'the credential spec could not be parsed'],
  [4, 'the plug-in could not be started'],
  [6, 'the plug-in could not get the credentials of the account that may read the gMSA'],
  [8, 'the credentials of the gMSA could not be read from the domain'],
]);

export default defineCheck({
  id: 'IDN005',
  name: 'gmsa-events',
  severity: 'error',
  since: '0.1.0',
  title: 'Nodes cannot get the credentials of domain identities',
  evidence: ['N'],
  needs: ['nodes', 'node.eventlog'],
  perNode: true,
  docs: {
    what: 'Events 3, 4, 6 and 8 of the last hour in the log of Container Credential Guard (`Microsoft-Windows-Containers-CCG/Admin`) on each Windows node.',
    why: 'Containers with this identity do not start, or start without it: Kerberos and SQL Server logins of the application fail.',
    fix: [
      'Read the whole event: `Get-WinEvent -LogName Microsoft-Windows-Containers-CCG/Admin -MaxEvents 10` on the node.',
      'Event 3: correct the GMSACredentialSpec (IDN007). Events 4 and 6: look at the plug-in and its input.',
      'Event 8: see that the account may read the password of the gMSA, and that a domain controller answers: `nltest /sc_verify:DOMAIN`.',
    ],
    links: [
      'https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/gmsa-troubleshooting',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.eventlog'], function* ({node, facts, at}) {
      const logs = facts['node.eventlog'];
      const events = findEvents(logs, {
        channel: CHANNEL,
        provider: /Containers-CCG$/i,
        ids: [...MEANINGS.keys()],
        since: input.now - RECENT,
      });
      for (const [id, same] of Map.groupBy(events, e => e.id)) {
        const [newest] = same;
        if (!newest) continue;
        yield fail(node, {
          cause: `event ${id}`,
          message: `${node.metadata.name}: ${MEANINGS.get(id) ?? ''} (Container Credential Guard ${id}, at ${newest.time})`,
          evidence: [eventRef(at, newest)],
          since: same.at(-1)?.time ?? newest.time,
        });
      }
      if (events.length > 0) return;
      const gap = channelGap(logs, CHANNEL);
      yield gap ? unknown(node, 'node.eventlog', gap) : pass(node);
    });
  },
});
