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

/** Makes one line of an event: line ends of its texts become character references. */
export function oneLine(event: string): string {
  return event.replaceAll(/>\s*[\r\n]\s*</g, '><').replaceAll(/\r?\n|\r/g, '&#10;');
}

function nextEvent(xml: string, from: number): number {
  for (let at = xml.indexOf('<Event', from); at !== -1; at = xml.indexOf('<Event', at + 1)) {
    if (/[\s>]/.test(xml[at + '<Event'.length] ?? '')) return at;
  }
  return -1;
}
