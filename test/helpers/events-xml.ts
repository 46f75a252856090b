/** One event to write as `wevtutil qe /f:XML` does. */
export interface GivenEvent {
  provider: string;
  id: number;
  /** RFC 3339. */
  time: string;
  level?: number;
  channel?: string;
  /** `EventData` by name; a list has no names, as classic providers write it. */
  data?: Record<string, string> | readonly string[];
}

/** An event log as `wevtutil qe /f:XML /e:Events` writes it: single quotes, no line ends. */
export function eventXml(events: readonly GivenEvent[]): string {
  return `<Events>${events.map(element).join('')}</Events>`;
}

function element(
  {provider, id, time, level = 4, channel = 'System', data}: GivenEvent,
  index: number,
): string {
  const fields = Array.isArray(data)
    ? data.map(value => `<Data>${escaped(value)}</Data>`)
    : Object.entries(data ?? {}).map(([name, value]) => `<Data Name='${name}'>${escaped(value)}</Data>`);
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}'/>` +
    `<EventID Qualifiers='0'>${id}</EventID><Version>0</Version><Level>${level}</Level><Task>0</Task><Opcode>0</Opcode>` +
    `<Keywords>0x8080000000000000</Keywords><TimeCreated SystemTime='${time}'/><EventRecordID>${index + 1}</EventRecordID>` +
    `<Correlation/><Execution ProcessID='4' ThreadID='8'/><Channel>${channel}</Channel><Computer>node</Computer><Security/></System>` +
    `<EventData>${fields.join('')}</EventData></Event>`
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
