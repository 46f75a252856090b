import type {EventLogs, WinEvent} from '../../node/eventlog.ts';
import {channelGap, findEvents} from '../../node/find-events.ts';
import {DAY, HOUR} from '../../snapshot/time.ts';
import {count} from '../../text/words.ts';
import type {Severity} from '../define.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';
import {eventRef} from '../event-ref.ts';

const CHANNEL = 'System';
const DISK = /^(?:disk|stor(?:ahci|nvme|vsc|port)|vhdmp|iaStor\w*)$/i;
const NTFS = /Ntfs$/i;
/** Resets and repeated requests come by themselves on shared storage; so many an hour do not. */
const MANY_RESETS = 10;

/** A kind of fault of disks: which events are it, and how many make it one. */
interface Kind {
  cause: string;
  says: string;
  provider: RegExp;
  ids: readonly number[];
  within: number;
  moreThan: number;
  severity: Severity;
}

/** https://learn.microsoft.com/troubleshoot/windows-server/backup-and-storage/troubleshoot-data-corruption-and-disk-errors */
const KINDS: readonly Kind[] = [
  {
    cause: 'bad blocks',
    says: 'bad blocks or controller errors',
    provider: DISK,
    ids: [7, 11, 51],
    within: DAY,
    moreThan: 0,
    severity: 'warning',
  },
  {
    cause: 'file system',
    says: 'a damaged file system',
    provider: NTFS,
    ids: [55],
    within: DAY,
    moreThan: 0,
    severity: 'warning',
  },
  {
    cause: 'resets',
    says: 'resets and repeated requests',
    provider: DISK,
    ids: [129, 153],
    within: HOUR,
    moreThan: MANY_RESETS,
    severity: 'warning',
  },
  {
    cause: 'removed',
    says: 'removals of a disk',
    provider: DISK,
    ids: [157],
    within: DAY,
    moreThan: 0,
    severity: 'info',
  },
];

export default defineCheck({
  id: 'NOD014',
  name: 'disk-errors',
  severity: 'warning',
  since: '0.1.0',
  title: 'Disks of nodes fail',
  evidence: ['N'],
  needs: ['nodes', 'node.eventlog'],
  perNode: true,
  docs: {
    what: 'The System log of each Windows node: disk 7, 11, 51 and Ntfs 55 in the last day, more than 10 of 129 and 153 within the last hour. Event 157 (a disk was removed) is information, as an ordinary detach of a volume writes it.',
    why: 'Layers and volumes get damaged, and a disk that hangs makes containerd and the kubelet miss their deadlines.',
    fix: [
      'On the node: `Get-PhysicalDisk`, `Repair-Volume -DriveLetter C -Scan`.',
      'In a cloud, look whether the disk is throttled: a larger one has more throughput.',
      'Replace the node.',
    ],
    links: [
      'https://learn.microsoft.com/troubleshoot/windows-server/backup-and-storage/troubleshoot-data-corruption-and-disk-errors',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.eventlog'], function* ({node, facts, at}) {
      const logs = facts['node.eventlog'];
      const found = KINDS.map(kind => ({kind, events: eventsOf(logs, kind, input.now)})).filter(
        ({kind, events}) => events.length > kind.moreThan,
      );
      for (const {kind, events} of found) {
        yield fail(node, {
          severity: kind.severity,
          cause: kind.cause,
          message: `${node.metadata.name} tells of ${kind.says}: ${count(events.length, 'event')} within ${kind.within === HOUR ? 'an hour' : 'a day'}`,
          evidence: events.slice(0, 3).map(e => eventRef(at, e)),
          ...(events.at(-1) && {since: events.at(-1)?.time ?? ''}),
        });
      }
      if (found.length > 0) return;
      const gap = channelGap(logs, CHANNEL);
      yield gap ? unknown(node, 'node.eventlog', gap) : pass(node);
    });
  },
});

function eventsOf(logs: EventLogs, {provider, ids, within}: Kind, now: number): WinEvent[] {
  return findEvents(logs, {channel: CHANNEL, provider, ids, since: now - within});
}
