import type {Subject} from '../checks/define.ts';
import {decodeUtf8} from '../logs/bytes.ts';
import {eventMoment, nodeMoments, podMoments} from '../logs/moments.ts';
import type {LogLevel} from '../logs/record.ts';
import type {FoundRecord} from '../logs/to-record.ts';
import {messageText} from '../logs/to-record.ts';
import type {Node, Pod} from '../kube/types.ts';
import {nodeNamesOf} from '../kube/os.ts';
import type {EvidenceKey, EvidenceMap, Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import {MINUTE, millis} from '../snapshot/time.ts';
import {compareText} from '../text/compare.ts';
import {subjectKey} from './group.ts';
import type {DoctorReport} from './report.ts';

/** One thing that happened, on everything on which it happened at that time. */
export interface Happening {
  /** RFC 3339: the first. */
  time: string;
  level: LogLevel;
  /** Who says so: `event kubelet`, `status`. */
  who: string;
  text: string;
  /** The first few. */
  subjects: Subject[];
  subjectCount: number;
}

/** What happened in a cluster that concerns what is wrong, in the order of time. */
export interface Chronicle {
  happenings: Happening[];
  /** How many older ones were left out. */
  left: number;
}

/** More is no overview. */
const MOST = 250;
/** What many say of one thing within so long is one line. */
const TOGETHER = 10 * MINUTE;
const NAMES = 3;
/** Characters by which texts are told apart: names of pods stand behind what went wrong. */
const MAX_KIND = 80;
/** Characters of a text. */
const MAX_TEXT = 300;

/** Warnings of Windows nodes and pods, and what happened to the subjects of findings. */
export function chronicleOf(snapshot: Snapshot, {findings}: DoctorReport): Chronicle {
  const concerned = new Set(findings.flatMap(f => f.subjects.map(subjectKey)));
  const nodes = listOf(snapshot, 'nodes');
  const windows = nodeNamesOf('windows', evidenceOf(snapshot, 'nodes'));
  const pods = listOf(snapshot, 'pods');
  const own = new Set([
    ...[...windows].map(name => subjectKey({kind: 'Node', name})),
    ...pods.filter(p => windows.has(p.nodeName ?? '')).map(pod => subjectKey(subjectOf(pod))),
  ]);
  const gathered = new Gathered();
  for (const event of listOf(snapshot, 'events')) {
    const {kind = '', namespace, name = ''} = event.involvedObject;
    const subject = {kind, ...(namespace !== undefined && kind !== 'Node' && {namespace}), name};
    const key = subjectKey(subject);
    if (event.type !== 'Warning' || !(own.has(key) || concerned.has(key))) continue;
    for (const moment of eventMoment(event)) gathered.add(moment, subject, event.reason ?? '');
  }
  for (const object of [...nodes, ...pods]) {
    const subject = subjectOf(object);
    if (!concerned.has(subjectKey(subject))) continue;
    const moments = object.kind === 'Node' ? nodeMoments(object) : podMoments(object);
    for (const moment of moments) if (moment.level !== 'Information') gathered.add(moment, subject, '');
  }
  return gathered.chronicle();
}

function subjectOf({kind, metadata: {namespace, name}}: Node | Pod): Subject {
  return {kind, ...(namespace !== undefined && {namespace}), name};
}

/** A text without what is each one's own: names in quotes, figures, ids. */
function kindOf(text: string): string {
  return text.replaceAll(/"[^"]*"|[\da-f]{5,}|\d+/gi, '#').slice(0, MAX_KIND);
}

/** Joins what many objects say at one time. */
class Gathered {
  readonly #happenings = new Map<string, Happening & {keys: Set<string>}>();

  /** `reason` stands for the words of what many say each in their own. */
  add(moment: FoundRecord, subject: Subject, reason: string): void {
    const at = millis(moment.time);
    if (at === undefined || moment.time === null) return;
    const text = messageText(moment);
    const level = moment.level ?? 'Information';
    const who = [moment.channel, moment.provider]
      .flatMap(word => (word === null ? [] : [decodeUtf8(word)]))
      .join(' ');
    const key = [Math.floor(at / TOGETHER), who, subject.kind, reason, kindOf(text)].join('\0');
    const known = this.#happenings.get(key);
    if (!known) {
      const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
      const keys = new Set([subjectKey(subject)]);
      this.#happenings.set(key, {
        time: moment.time,
        level,
        who,
        text: shown,
        subjects: [subject],
        subjectCount: 1,
        keys,
      });
      return;
    }
    if (moment.time < known.time) known.time = moment.time;
    known.keys.add(subjectKey(subject));
    if (known.keys.size > known.subjectCount && known.subjects.length < NAMES) known.subjects.push(subject);
    known.subjectCount = known.keys.size;
  }

  chronicle(): Chronicle {
    const sorted = [...this.#happenings.values()]
      .map(({keys: _keys, ...happening}) => happening)
      .sort((a, b) => (millis(a.time) ?? 0) - (millis(b.time) ?? 0) || compareText(a.text, b.text));
    return {happenings: sorted.slice(-MOST), left: Math.max(0, sorted.length - MOST)};
  }
}

type ListKey = {[K in EvidenceKey]: EvidenceMap[K] extends readonly unknown[] ? K : never}[EvidenceKey];

function listOf<K extends ListKey>(snapshot: Snapshot, key: K): EvidenceMap[K] | [] {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? evidence.value : [];
}
