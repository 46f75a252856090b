import {EVENT_LINKS, eventsOf} from '../data/event-ids.ts';
import type {EventRow} from '../data/event-ids.ts';
import {paintCode, wrap} from '../report/columns.ts';
import type {ExplainOptions} from './check.ts';
import type {CodeItem} from './doc.ts';

/** An event as somebody asked for it: `event:1013`, with what its number means to each provider that is known. */
export interface ExplainedEvent {
  asked: string;
  id: number;
  rows: readonly EventRow[];
}

const ASKED = /^event:(\d{1,5})$/i;

/** Reads `event:NUMBER`; undefined where it is something else. */
export function eventOf(text: string): ExplainedEvent | undefined {
  const digits = ASKED.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const id = Number(digits);
  return {asked: text, id, rows: eventsOf(id)};
}

/** Draws what an event means; one that no table has is told as such, with where to look. */
export function renderEvent({id, rows}: ExplainedEvent, {palette, width}: ExplainOptions): string {
  if (rows.length === 0) {
    const advice = `No table of this program has event ${id}. On Windows its provider knows: \`wevtutil gp PROVIDER /ge /gm\`.`;
    return `${paintCode(wrap(advice, width), palette.code).join('\n')}\n`;
  }
  const blocks = rows.map(([, provider, channel, meaning]) =>
    [
      `${palette.strong(`${provider} ${id}`)} ${palette.dim(channel)}`,
      ...paintCode(wrap(sentence(meaning), width), palette.code),
    ].join('\n'),
  );
  const read = [palette.strong('Read'), ...EVENT_LINKS.map(link => `  ${link}`)].join('\n');
  return `${[...blocks, read].join('\n\n')}\n`;
}

/** One item for each provider, in the shape of codes; one without a meaning where none is known. */
export function eventItems({asked, id, rows}: ExplainedEvent): CodeItem[] {
  const base = {code: asked, hex: `0x${id.toString(16)}`, cause: null, fix: []};
  if (rows.length === 0) return [{...base, family: 'event', name: null, meaning: null, links: []}];
  return rows.map(([, provider, channel, meaning]) => ({
    ...base,
    family: `event of ${channel}`,
    name: provider,
    meaning,
    links: [...EVENT_LINKS],
  }));
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
