/**
 * Prints events as LogMonitor does, version by version, bugs included: written from its documents and source
 * (https://github.com/microsoft/windows-container-tools, tags v1.2.1 to v2.2.1), not from the parser that is tested with it.
 */
export type Dialect =
  | '1.2.1'
  | '2.0.2-json'
  | '2.1.1-json'
  | '2.1.1-xml'
  | '2.1.1-custom'
  | '2.1.2-json'
  | '2.1.2-xml'
  | '2.2.1-json'
  | '2.2.1-xml';

export const DIALECTS: readonly Dialect[] = [
  '1.2.1',
  '2.0.2-json',
  '2.1.1-json',
  '2.1.1-xml',
  '2.1.1-custom',
  '2.1.2-json',
  '2.1.2-xml',
  '2.2.1-json',
  '2.2.1-xml',
];

export type LevelName = 'Critical' | 'Error' | 'Warning' | 'Information' | 'Verbose';

export type SimEvent =
  | {
      kind: 'event';
      time: string;
      provider: string;
      channel: string;
      level: LevelName;
      id: number;
      message: string;
    }
  | {kind: 'file'; file: string; line: string}
  | {kind: 'process'; line: string}
  | {
      kind: 'etw';
      time: string;
      provider: string;
      guid: string;
      level: LevelName;
      id: number;
      items: [string, string][];
    }
  | {kind: 'trace'; time: string; level: 'INFO' | 'WARNING' | 'ERROR'; text: string};

const SCHEMA = '"SchemaVersion":"1.0.0"}';

/** What the program writes to its output, as text; a terminal in text mode makes each LF to CR LF. */
export function print(dialect: Dialect, event: SimEvent): string {
  if (event.kind === 'process') return printProcess(dialect, event.line);
  if (event.kind === 'trace') return textMode(`[${event.time}][LOGMONITOR] ${event.level}: ${event.text}\n`);
  const line =
    event.kind === 'event'
      ? printEvent(dialect, event)
      : event.kind === 'file'
        ? printFile(dialect, event)
        : printEtw(dialect, event);
  return textMode(`${line}\n`);
}

function textMode(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

function isXml(dialect: Dialect): boolean {
  return dialect.endsWith('-xml');
}

function printEvent(
  dialect: Dialect,
  {time, provider, channel, level, id, message}: SimEvent & {kind: 'event'},
): string {
  if (dialect === '1.2.1')
    return `<Source>EventLog</Source><Time>${time}</Time><LogEntry><Channel>${channel}</Channel><Level>${level}</Level><EventId>${id}</EventId><Message>${message}</Message></LogEntry>`;
  if (dialect === '2.1.1-custom') return `[${time}] [EventLog] [${level}] ${message}`;
  if (isXml(dialect))
    return `<Log><Source>EventLog</Source><LogEntry><EventSource>${provider}</EventSource><Time>${time}</Time><Channel>${channel}</Channel><Level>${level}</Level><EventId>${id}</EventId><Message>${message}</Message></LogEntry></Log>`;
  const source = dialect === '2.0.2-json' ? '' : `"EventSource": "${provider}",`;
  return `{"Source": "EventLog","LogEntry": {${source}"Time": "${time}","Channel": "${channel}","Level": "${level}","EventId": ${id},"Message": "${sanitize(dialect, message)}"}}`;
}

function printFile(dialect: Dialect, {file, line}: SimEvent & {kind: 'file'}): string {
  const doubled = file.replaceAll('\\', '\\\\');
  if (dialect === '1.2.1') return `[Log File: ${file}] ${line}`;
  if (dialect === '2.1.1-custom') return `[2024-03-05T09:10:11.000Z] [File] [${doubled}] ${line}`;
  if (isXml(dialect))
    return `<Log><Source>File</Source><LogEntry><Logline>${line}</Logline><FileName>${doubled}</FileName></LogEntry></Log>`;
  const text = sanitize(dialect, line);
  return dialect === '2.0.2-json'
    ? `{"Source":"File","LogEntry":{"Logline":"${text}","FileName":"${doubled}"},${SCHEMA}`
    : `{"Source": "File","LogEntry": {"Logline": "${text}","FileName": "${doubled}"},${SCHEMA}`;
}

function printEtw(dialect: Dialect, event: SimEvent & {kind: 'etw'}): string {
  const {time, provider, guid, level, id, items} = event;
  const elements = items.map(([name, value]) => `<${name}>${value}</${name}>`).join('');
  if (dialect === '1.2.1')
    return `<Source>EtwEvent</Source><Time>${time}</Time><Provider idGuid="${guid}"/><DecodingSource>DecodingSourceXMLFile</DecodingSource><Execution ProcessID="7" ThreadID="8" /><Level>${level}</Level><Keyword>0x0</Keyword><EventID Qualifiers="${id}">${id}</EventID><EventData>${elements}</EventData>`;
  if (dialect === '2.1.1-custom')
    return `[${time}] [ETW] [${level}] [${guid}] [${provider}] [${id}] ${items.map(([name, value]) => `${name}: ${value} `).join('')}`;
  if (isXml(dialect))
    return `<Log><Source>ETW</Source><LogEntry><Time>${time}</Time><ProviderName>${provider}</ProviderName><ProviderId>${guid}</ProviderId><DecodingSource>DecodingSourceXMLFile</DecodingSource><Execution><ProcessId>7</ProcessId><ThreadId>8</ThreadId></Execution><Level>${level}</Level><Keyword>0x0</Keyword><EventId>${id}</EventId><EventData>${elements}</EventData></LogEntry></Log>`;
  const data = items
    .map(([name, value]) => {
      const isNumber = /^-?\d+$|^-?\d+\.\d+$/.test(value);
      return `"${sanitize(dialect, name)}":${isNumber ? value : `"${sanitize(dialect, value)}"`}`;
    })
    .join(',');
  return `{"Source":"ETW","LogEntry":{"Time":"${time}","ProviderName":"${provider}","ProviderId":"${guid}","DecodingSource":"DecodingSourceXMLFile","Execution":{"ProcessId":7,"ThreadId":8},"Level":"${level}","Keyword":"0x0","EventId":"${id}","EventData":{${data}}},${SCHEMA}`;
}

/** The size of the buffer that a line of the process is formatted in. */
const BUFFER = 4096;

function printProcess(dialect: Dialect, text: string): string {
  if (dialect === '1.2.1') return `${text}\n`;
  // Each byte that is not ASCII becomes a question mark.
  const ascii = Array.from(Buffer.from(text), byte => (byte > 0x7f ? '?' : String.fromCharCode(byte))).join(
    '',
  );
  if (dialect === '2.1.1-custom') return `[2024-03-05T09:10:11.000Z] [Process] [${escapeProcess(ascii)}]\n`;
  const escapes = dialect === '2.0.2-json' || dialect.startsWith('2.1.1');
  const line = escapes ? escapeProcess(ascii) : ascii;
  const head = isXml(dialect)
    ? '<Log><Source>Process</Source><LogEntry><Logline>'
    : '{"Source":"Process","LogEntry":{"Logline":"';
  const end = isXml(dialect) ? '</Logline></LogEntry></Log>\n' : `"},${SCHEMA}\n`;
  if (!escapes || head.length + line.length + end.length <= BUFFER - 5) return head + line + end;
  const kept = (head + line).slice(0, BUFFER - 5 - end.length);
  return kept + `...${end}`.slice(0, end.length);
}

/** ProcessMonitor.cpp, BufferCopyAndSanitize. */
function escapeProcess(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '"') out += '\\"';
    else if (char === '\\' && text.charAt(i + 1) !== '\\') out += '\\\\';
    else out += char;
  }
  return out;
}

/** Utility.cpp, SanitizeJson: by hand to 2.1.4, by a JSON library from 2.2. */
function sanitize(dialect: Dialect, text: string): string {
  if (dialect.startsWith('2.2')) return JSON.stringify(text).slice(1, -1);
  const chars = Array.from(text);
  const knowsTilde = dialect !== '2.0.2-json';
  let i = 0;
  while (i < chars.length) {
    const char = chars[i];
    const before = chars[i - 1];
    if (char === '"') {
      if (knowsTilde && before === '~') {
        chars.splice(i - 1, 1);
        i--;
      } else if (before !== '\\') {
        chars.splice(i, 1, '\\', '"');
        i++;
      }
    } else if (char === '\\') {
      if (chars[i + 1] === '\\') i += 2;
      else {
        chars.splice(i, 1, '\\', '\\');
        i++;
      }
    } else if ((char === '\n' || char === '\r') && before !== '\\') {
      chars.splice(i, 1, '\\', char === '\n' ? 'n' : 'r');
      i++;
    }
    i++;
  }
  return chars.join('');
}
