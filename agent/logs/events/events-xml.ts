import {MASK} from '../../../src/redact/mask.ts';
import {maskSecrets, namesSecret} from '../../../src/redact/quoted.ts';

/** Puts events under one root, so that they are one document. */
export function joinEvents(events: readonly string[]): string {
  return `<Events>${events.join('\n')}</Events>\n`;
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
