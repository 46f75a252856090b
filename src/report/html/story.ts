import {decodeUtf8} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import type {FoundRecord} from '../../logs/to-record.ts';
import {messageText} from '../../logs/to-record.ts';
import {thousands} from '../../text/words.ts';
import type {Story} from '../stories.ts';
import {escapeXml} from '../xml.ts';

/** Which tone a line has. */
const TONES: Readonly<Partial<Record<LogLevel, string>>> = {
  Critical: 'error',
  Error: 'error',
  Warning: 'warning',
};
/** Characters of a message: a stack trace is for `logs --timeline`. */
const MAX_MESSAGE = 400;

/** What happened, as a list that opens: time, who says so, what. */
export function storyPart({subject: {kind, namespace, name}, moments, left}: Story): string {
  const whose = `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  const older = left === 0 ? '' : `<li class="soft">${thousands(left)} older ones are left out</li>`;
  return `<details class="story"><summary>What happened around ${escapeXml(whose)}</summary><ol>${older}${moments.map(line).join('')}</ol></details>`;
}

function line(moment: FoundRecord): string {
  const {time, level, channel, provider, eventId} = moment;
  const tone = level === null ? undefined : TONES[level];
  const who = [channel, provider, eventId === null ? null : String(eventId)]
    .flatMap(word => (word === null || word === '' ? [] : [decodeUtf8(word)]))
    .join(' ');
  const message = messageText(moment);
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return `<li${tone === undefined ? '' : ` class="${tone}"`}><time>${escapeXml(time ?? '-')}</time> <span class="who">${escapeXml(who)}</span> ${escapeXml(shown)}</li>\n`;
}
