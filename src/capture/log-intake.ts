import type {PodLog} from '../logs/summary.ts';
import {LogSummarizer} from '../parse/logmonitor/summarize.ts';
import type {Evidence, Missing} from '../snapshot/evidence.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import {compareText} from '../text/compare.ts';
import type {FileContent} from './files.ts';
import type {Place} from './layout.ts';
import {MAX_LOG_BYTES} from './layout.ts';

type LogPlace = Extract<Place, {role: 'log'}>;

/** Between the logs of a pod's containers (kubectl `pkg/cmd/clusterinfo/clusterinfo_dump.go`). */
const MARK = /^==== (START|END) logs for container (\S+) of pod \S+ ====\r?$/;
const LF = 0x0a;

/** Takes in the logs of containers that a capture has. */
export class LogIntake {
  readonly #logs = new Map<string, PodLog>();

  /** Reads one file for what it comes to. */
  take(content: FileContent, {namespace, pod, container, previous}: LogPlace): void {
    const bytes = content.bytes.subarray(0, MAX_LOG_BYTES);
    const cut = content.problem !== undefined || bytes.length < content.bytes.length;
    const parts = container === undefined ? partsOf(bytes) : [{container, bytes}];
    for (const part of parts) {
      const summarizer = new LogSummarizer();
      summarizer.push(part.bytes);
      const log: PodLog = {
        namespace,
        pod,
        container: part.container,
        previous,
        log: collected(summarizer.end(cut)),
      };
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

/** The logs of single containers in a file that has them one after the other. */
function partsOf(bytes: Uint8Array): {container: string; bytes: Uint8Array}[] {
  const parts: {container: string; bytes: Uint8Array}[] = [];
  let open: {container: string; from: number} | undefined;
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(LF, at);
    const end = lf < 0 ? bytes.length : lf;
    const mark = markAt(bytes, at, end);
    if (mark) {
      if (open) parts.push({container: open.container, bytes: bytes.subarray(open.from, at)});
      open = mark.opens ? {container: mark.container, from: end + 1} : undefined;
    }
    at = end + 1;
  }
  if (open) parts.push({container: open.container, bytes: bytes.subarray(open.from)});
  return parts;
}

const EQUALS = 0x3d;
/** Longer lines are no marks: names have 253 characters at most. */
const MAX_MARK = 1024;

function markAt(bytes: Uint8Array, at: number, end: number): {container: string; opens: boolean} | undefined {
  if (bytes[at] !== EQUALS || end - at > MAX_MARK) return undefined;
  const [, what, container] = MARK.exec(new TextDecoder().decode(bytes.subarray(at, end))) ?? [];
  return container === undefined ? undefined : {container, opens: what === 'START'};
}
