import type {PodLog} from '../logs/summary.ts';
import {LogSummarizer} from '../parse/logmonitor/summarize.ts';
import type {Evidence, Missing} from '../snapshot/evidence.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import {compareText} from '../text/compare.ts';
import type {FileContent, TakePiece} from './files.ts';
import type {Place} from './layout.ts';
import {MAX_LOG_BYTES} from './layout.ts';
import type {LogPart} from './parted-log.ts';
import {PartedLog} from './parted-log.ts';

type LogPlace = Extract<Place, {role: 'log'}>;

/** A file that is being read. */
interface OpenLog {
  push(piece: Uint8Array): void;
  end(): readonly LogPart[];
}

/** Takes in the logs of containers that a capture has. */
export class LogIntake {
  readonly #logs = new Map<string, PodLog>();
  /** The file that is being told in pieces. */
  #begun: {place: LogPlace; log: OpenLog} | undefined;

  /** Takes the pieces of a file that comes next. */
  begin(place: LogPlace): TakePiece {
    const log = openLog(place);
    this.#begun = {place, log};
    return piece => log.push(piece);
  }

  /** Reads one file, or what has not come in pieces of it, for what it comes to. */
  take(content: FileContent, place: LogPlace): void {
    const {namespace, pod, previous} = place;
    const bytes = content.bytes.subarray(0, MAX_LOG_BYTES);
    const cut = content.problem !== undefined || bytes.length < content.bytes.length;
    const open = this.#begun?.place === place ? this.#begun.log : openLog(place);
    this.#begun = undefined;
    open.push(bytes);
    for (const {container, summarizer} of open.end()) {
      const log: PodLog = {namespace, pod, container, previous, log: collected(summarizer.end(cut))};
      this.#logs.set(keyOf(log), log);
    }
  }

  /** States why the log of a container is not there. */
  without({namespace, pod, container, previous}: LogPlace, gap: Missing): void {
    if (container === undefined) return;
    const log: PodLog = {namespace, pod, container, previous, log: gap};
    if (!this.#logs.has(keyOf(log))) this.#logs.set(keyOf(log), log);
  }

  /** All logs, in the order of their names; `title` says what capture has none. */
  evidence(title: string): Evidence<PodLog[]> {
    if (this.#logs.size === 0) return missing('unsupported', `${title} holds no logs of containers`);
    return collected([...this.#logs].sort(([a], [b]) => compareText(a, b)).map(([, log]) => log));
  }
}

function keyOf({namespace, pod, container, previous}: PodLog): string {
  return [namespace, pod, container, previous ? 'previous' : ''].join('\0');
}

function openLog({container}: LogPlace): OpenLog {
  if (container === undefined) return new PartedLog();
  const summarizer = new LogSummarizer();
  return {push: piece => summarizer.push(piece), end: () => [{container, summarizer}]};
}
