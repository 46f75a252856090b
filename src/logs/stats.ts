import {millis} from '../snapshot/time.ts';
import {visible} from '../report/visible.ts';
import {decodeUtf8} from './bytes.ts';
import type {FoundRecord} from './to-record.ts';

/** Names beyond this number are counted together. */
const MAX_NAMES = 1000;
/** Names that the summary lists. */
const SHOWN = 10;

/** Counts of the records of a run. */
export class LogStats {
  #records = 0;
  #damaged = 0;
  #first: number | undefined;
  #last: number | undefined;
  readonly #counts = {
    source: new Map<string, number>(),
    level: new Map<string, number>(),
    provider: new Map<string, number>(),
    'event id': new Map<string, number>(),
  };

  add({source, level, provider, eventId, lossless, criTime, time}: FoundRecord): void {
    this.#records++;
    if (!lossless) this.#damaged++;
    count(this.#counts.source, source);
    count(this.#counts.level, level ?? 'none');
    if (provider !== null) count(this.#counts.provider, provider);
    if (eventId !== null) count(this.#counts['event id'], String(eventId));
    const at = millis(criTime ?? time);
    if (at === undefined) return;
    this.#first = Math.min(this.#first ?? at, at);
    this.#last = Math.max(this.#last ?? at, at);
  }

  /** The summary in lines. */
  text(): string {
    const lines = [`${this.#records} records${this.#rate()}`];
    for (const [name, counts] of Object.entries(this.#counts)) {
      if (counts.size === 0) continue;
      const sorted = [...counts].sort(([, a], [, b]) => b - a);
      const shown = sorted.slice(0, SHOWN).map(([key, n]) => `${visible(decodeUtf8(key))} ${n}`);
      const more = sorted.length > SHOWN ? [`${sorted.length - SHOWN} more`] : [];
      lines.push(`by ${name}: ${[...shown, ...more].join(', ')}`);
    }
    if (this.#damaged > 0)
      lines.push(`${this.#damaged} records were damaged by LogMonitor, or may have been`);
    return `${lines.join('\n')}\n`;
  }

  #rate(): string {
    if (this.#first === undefined || this.#last === undefined || this.#last <= this.#first) return '';
    const seconds = (this.#last - this.#first) / 1000;
    const rate = this.#records / seconds;
    return ` in ${Math.round(seconds)} s of log time, ${rate < 10 ? rate.toFixed(2) : Math.round(rate)} a second`;
  }
}

function count(counts: Map<string, number>, key: string): void {
  const known = counts.get(key);
  if (known === undefined && counts.size >= MAX_NAMES) count(counts, 'others');
  else counts.set(key, (known ?? 0) + 1);
}
