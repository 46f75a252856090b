import type {WantedLog} from '../../logs/wanted.ts';
import {count, thousands} from '../../text/words.ts';
import {escapeXml} from '../xml.ts';

/** The end of a log. */
export interface LogTail extends WantedLog {
  lines: readonly string[];
  /** It has more than these lines. */
  isCut: boolean;
}

/** Characters of a line; a stack in one line is for `logs`. */
const MAX_LINE = 2000;

/** The ends of logs, each of which opens. */
export function logsPart(tails: readonly LogTail[]): string {
  return tails.map(tailPart).join('\n');
}

function tailPart({namespace, pod, container, previous, lines, isCut}: LogTail): string {
  const name = `${namespace}/${pod}, container ${container}`;
  const which = `${previous ? 'before its last restart, ' : ''}${isCut ? 'the last ' : ''}${count(lines.length, 'line')}`;
  const items = lines.map(line => `<li data-row="line" class="${toneOf(line)}">${escapeXml(cut(line))}</li>`);
  return `<details class="log"><summary>${escapeXml(name)} <span class="size">${escapeXml(which)}</span></summary><ol>${items.join('\n')}</ol></details>`;
}

function cut(line: string): string {
  return line.length > MAX_LINE
    ? `${line.slice(0, MAX_LINE)}… ${thousands(line.length - MAX_LINE)} more`
    : line;
}

/** What programs write where something is wrong; a hint for the eye, and nothing more. */
function toneOf(line: string): string {
  if (/\b(?:error|critical|fatal|exception|panic|failed)\b/i.test(line)) return 'error';
  return /\bwarn(?:ing)?\b/i.test(line) ? 'warning' : '';
}
