import {LogSummarizer} from '../parse/logmonitor/summarize.ts';

/** Between the logs of a pod's containers (kubectl `pkg/cmd/clusterinfo/clusterinfo_dump.go`). */
const MARK = /^==== (START|END) logs for container (\S+) of pod \S+ ====\r?$/;
/** Longer lines are no marks: names have 253 characters at most. */
const MAX_MARK = 1024;
const LF = 0x0a;
const EQUALS = 0x3d;

/** The log of one container. */
export interface LogPart {
  readonly container: string;
  readonly summarizer: LogSummarizer;
}

/** Takes apart, as it comes, a file that has the logs of a pod's containers one after the other. */
export class PartedLog {
  readonly #parts: LogPart[] = [];
  #open: LogPart | undefined;
  /** A line that may be a mark, and has not come to its end. */
  #held = new Uint8Array();
  #isAtStart = true;

  /** Takes a piece, of which nothing is kept but a line that may be a mark. */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length;) {
      const first = this.#held[0] ?? piece[at];
      at = this.#isAtStart && first === EQUALS ? this.#line(piece, at) : this.#text(piece, at);
    }
  }

  /** States that nothing more comes; answers the logs in their order. */
  end(): readonly LogPart[] {
    this.#whole(this.#held);
    this.#held = new Uint8Array();
    return this.#parts;
  }

  /** A line that may be a mark; answers where what follows begins. */
  #line(piece: Uint8Array, at: number): number {
    const lf = piece.indexOf(LF, at);
    const end = lf < 0 ? piece.length : lf + 1;
    const line = joined(this.#held, piece.subarray(at, end));
    this.#held = new Uint8Array();
    if (lf >= 0) this.#whole(line);
    else if (line.length > MAX_MARK) {
      this.#open?.summarizer.push(line);
      this.#isAtStart = false;
    } else this.#held = line;
    return end;
  }

  /** Lines up to the next that may be a mark; answers where that begins. */
  #text(piece: Uint8Array, at: number): number {
    let end = piece.length;
    this.#isAtStart = piece[end - 1] === LF;
    for (let lf = piece.indexOf(LF, at); lf >= 0; lf = piece.indexOf(LF, lf + 1)) {
      if (piece[lf + 1] !== EQUALS) continue;
      end = lf + 1;
      this.#isAtStart = true;
      break;
    }
    this.#open?.summarizer.push(piece.subarray(at, end));
    return end;
  }

  #whole(line: Uint8Array): void {
    const mark = markOf(line);
    if (!mark) {
      this.#open?.summarizer.push(line);
      return;
    }
    this.#open = mark.opens ? {container: mark.container, summarizer: new LogSummarizer()} : undefined;
    if (this.#open) this.#parts.push(this.#open);
  }
}

/** A copy: a piece may not be kept. */
function joined(held: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(held.length + rest.length);
  all.set(held);
  all.set(rest, held.length);
  return all;
}

function markOf(line: Uint8Array): {container: string; opens: boolean} | undefined {
  const end = line.at(-1) === LF ? line.length - 1 : line.length;
  if (line[0] !== EQUALS || end > MAX_MARK) return undefined;
  const [, what, container] = MARK.exec(new TextDecoder().decode(line.subarray(0, end))) ?? [];
  return container === undefined ? undefined : {container, opens: what === 'START'};
}
