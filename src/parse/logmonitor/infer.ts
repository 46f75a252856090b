import type {ByteString} from '../../logs/bytes.ts';
import type {Layout, LayoutPart} from './layout.ts';

/** What can be told by its look, in the order of the groups. */
const TELLING =
  /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z)|\b(EventLog|File|ETW|Process)\b|\b(Critical|Error|Warning|Information|Verbose)\b|(\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\})/g;
const TOKENS = ['timestamp', 'source', 'severity', 'providerid'] as const;
/** A longer stretch between two tokens is no literal of a layout but text. */
const MAX_LITERAL = 24;
/** What stands between the last token and the message. */
const SEPARATOR = /^[^\p{L}\p{N}"'\\/.{(<+-]{1,8}/u;
/** The number of an event between separators: the same one before and after. */
const EVENT_ID = /^(\d{1,5})([^\w\s.:/-]+ ?|\s+[^\w\s]\s+)(?=\S)/;
const HEAD = 256;

/** Names that keys of JSON layouts have for tokens: usually the token's own. */
const KEYS = new Map([
  ['timestamp', 'timestamp'],
  ['time', 'timestamp'],
  ['source', 'source'],
  ['severity', 'severity'],
  ['level', 'severity'],
  ['eventsource', 'eventsource'],
  ['provider', 'eventsource'],
  ['eventid', 'eventid'],
  ['filename', 'filename'],
  ['file', 'filename'],
  ['providername', 'providername'],
  ['providerid', 'providerid'],
  ['message', 'message'],
  ['msg', 'message'],
  ['eventdata', 'eventdata'],
]);
const JSON_KEY = /"(\w+)"\s*:\s*"/g;

/** Guesses the layout of the Custom format from one line; undefined where time and source cannot be told. */
export function inferLayout(line: ByteString): Layout | undefined {
  return line.startsWith('{"') ? inferJson(line) : inferText(line);
}

function inferText(line: ByteString): Layout | undefined {
  const parts: LayoutPart[] = [];
  const seen = new Set<string>();
  let at = 0;
  for (const match of line.slice(0, HEAD).matchAll(TELLING)) {
    const token = TOKENS.find((_, i) => match[i + 1] !== undefined);
    if (token === undefined || seen.has(token) || match.index - at > MAX_LITERAL) break;
    if (match.index > at) parts.push({literal: line.slice(at, match.index)});
    parts.push({token});
    seen.add(token);
    at = match.index + match[0].length;
  }
  if (!seen.has('timestamp') || !seen.has('source')) return undefined;
  let rest = line.slice(at);
  const separator = SEPARATOR.exec(rest)?.[0];
  if (separator === undefined) return undefined;
  parts.push({literal: separator});
  rest = rest.slice(separator.length);
  const id = EVENT_ID.exec(rest);
  if (id && separator.includes((id[2] ?? '').trim())) parts.push({token: 'eventid'}, {literal: id[2] ?? ''});
  parts.push({token: 'message'});
  return {parts, json: false};
}

/** Keys of known names in a flat object give the tokens; what stands between the values is literal. */
function inferJson(line: ByteString): Layout | undefined {
  const parts: LayoutPart[] = [];
  let from = 0;
  for (const match of line.matchAll(JSON_KEY)) {
    const token = KEYS.get((match[1] ?? '').toLowerCase());
    if (token === undefined || match.index < from || parts.some(p => 'token' in p && p.token === token))
      break;
    const value = match.index + match[0].length;
    parts.push({literal: line.slice(from, value)}, {token});
    from = valueEnd(line, value);
    if (from < 0) return undefined;
    if (token === 'message' || token === 'eventdata') break;
  }
  const text = parts.some(p => 'token' in p && (p.token === 'message' || p.token === 'eventdata'));
  if (!text) return undefined;
  parts.push({literal: line.slice(from)});
  return {parts, json: true};
}

/** Where the string that starts at `at` ends: at a quote that is not escaped and that the object goes on after. */
function valueEnd(line: ByteString, at: number): number {
  for (let quote = line.indexOf('"', at); quote >= 0; quote = line.indexOf('"', quote + 1)) {
    let run = 0;
    while (line.charCodeAt(quote - 1 - run) === 0x5c) run++;
    if (run % 2 === 0) return quote;
  }
  return -1;
}
