import {MASK} from '../../../src/redact/mask.ts';
import {maskSecrets, namesSecret} from '../../../src/redact/quoted.ts';

/** Each event of a rendered answer, in its order. Text that is no whole event is left out. */
export function splitEvents(xml: string): string[] {
  const events: string[] = [];
  for (let at = nextEvent(xml, 0); at !== -1;) {
    const end = xml.indexOf('</Event>', at);
    if (end === -1) break;
    events.push(xml.slice(at, end + '</Event>'.length));
    at = nextEvent(xml, end);
  }
  return events;
}

/** Puts events under one root, so that they are one document. */
export function joinEvents(events: readonly string[]): string {
  return `<Events>${events.join('\n')}</Events>\n`;
}

/** Makes one line of an event: line ends of its texts become character references. */
export function oneLine(event: string): string {
  return event.replaceAll(/>\s*[\r\n]\s*</g, '><').replaceAll(/\r?\n|\r/g, '&#10;');
}

/** Number of an event in its channel. */
export function recordIdOf(event: string): number | undefined {
  const [, id] = /<EventRecordID>(\d{1,15})<\/EventRecordID>/.exec(event) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Masks credentials in the texts of an event, and whole values whose names say that they are secret. */
export function maskEvent(event: string): string {
  return event
    .replaceAll(/(<Data Name=(['"])([^'"<>]{1,100})\2>)([^<]+)/g, (all, tag: string, _quote, name: string) =>
      namesSecret(name) ? tag + MASK : all,
    )
    .replaceAll(/>([^<]+)/g, (_, text: string) => `>${encodeText(maskSecrets(decodeEntities(text)))}`);
}

function nextEvent(xml: string, from: number): number {
  for (let at = xml.indexOf('<Event', from); at !== -1; at = xml.indexOf('<Event', at + 1)) {
    if (/[\s>]/.test(xml[at + '<Event'.length] ?? '')) return at;
  }
  return -1;
}

const ENTITIES: Record<string, string> = {lt: '<', gt: '>', quot: '"', apos: "'", amp: '&'};

/** Quotes and slashes may be written as references, which would hide a secret's form; others stay as they are. */
function decodeEntities(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    : text;
}

function encodeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
