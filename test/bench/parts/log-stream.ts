/** Text that LogMonitor prints for a busy web application: 40 of 100 lines IIS, 30 of the process, 20 events, 8 ETW, 2 its own. */
const MIX = [
  ...Array<Line>(40).fill(iis),
  ...Array<Line>(30).fill(processLine),
  ...Array<Line>(20).fill(event),
  ...Array<Line>(8).fill(etw),
  ...Array<Line>(2).fill(trace),
];

type Line = (n: number) => string;

/** Lines of valid JSON only: what `JSON.parse` and jq can read. */
export const JSON_ONLY = 98;

/** So many bytes of lines, or a few more; `kinds` of the hundred kinds of the mix. */
export function* logStream(bytes: number, kinds = 100): Generator<string> {
  let made = 0;
  for (let n = 0; made < bytes;) {
    let block = '';
    for (let i = 0; i < 1000; i++, n++) block += MIX[(n * 37) % kinds]?.(n) ?? '';
    made += block.length;
    yield block;
  }
}

function clock(n: number): string {
  return `${two(Math.floor(n / 3600) % 24)}:${two(Math.floor(n / 60) % 60)}:${two(n % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function iis(n: number): string {
  const row = `2026-03-05 ${clock(n)} 10.244.3.17 GET /api/orders/${n} page=2&size=50 80 - 10.244.1.${n % 250} Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36 https://shop.example/cart ${n % 20 === 0 ? 500 : 200} 0 0 ${n % 900}`;
  return `{"Source": "File","LogEntry": {"Logline": "${row}","FileName": "LogFiles\\\\W3SVC1\\\\u_ex260305.log"},"SchemaVersion":"1.0.0"}\r\n`;
}

function processLine(n: number): string {
  const text =
    n % 3 === 0
      ? `info: Shop.Orders.Worker[0] order ${n} was taken from the queue and stored in 12 ms`
      : `2026-03-05 ${clock(n)},123 [12] DEBUG Shop.Cart - cart ${n} has ${n % 9} items of ${n % 5} sellers`;
  return `{"Source":"Process","LogEntry":{"Logline":"${text}"},"SchemaVersion":"1.0.0"}\n`;
}

function event(n: number): string {
  return `{"Source": "EventLog","LogEntry": {"EventSource": ".NET Runtime","Time": "2026-03-05T${clock(n)}.000Z","Channel": "Application","Level": "${n % 4 === 0 ? 'Error' : 'Information'}","EventId": ${1000 + (n % 30)},"Message": "Application: Shop.exe\\r\\nFramework Version: v4.0.30319\\r\\nDescription: request ${n} ended in an exception.\\r\\nException Info: System.InvalidOperationException: no stock of \\"item ${n % 77}\\"\\r\\n   at Shop.Orders.Take(Int32 id)\\r\\n   at Shop.Program.Main(String[] args)"}}\r\n`;
}

function etw(n: number): string {
  return `{"Source":"ETW","LogEntry":{"Time":"2026-03-05T${clock(n)}.000Z","ProviderName":"Microsoft-Windows-IIS-Logging","ProviderId":"{7E8AD27F-B271-4EA2-A783-A47BDE29143B}","DecodingSource":"DecodingSourceXMLFile","Execution":{"ProcessId":${1000 + (n % 50)},"ThreadId":2092},"Level":"Information","Keyword":"0x8000000000000000","EventId":"6200","EventData":{"EnabledFieldsFlags":2478079,"date":"2026-03-05","time":"${clock(n)}","c-ip":"10.0.0.9","cs-username":"-","s-sitename":"W3SVC1","s-ip":"10.0.0.1","cs-method":"GET","cs-uri-stem":"/api/orders/${n}","cs-uri-query":"","sc-status":200,"sc-bytes":696,"cs-bytes":78,"time-taken":${n % 100},"s-port":80,"csUser-Agent":"curl/8.4.0","cs-host":"shop.example"}},"SchemaVersion":"1.0.0"}\r\n`;
}

function trace(n: number): string {
  return `[2026-03-05T${clock(n)}.000Z][LOGMONITOR] WARNING: Failed to render event log event. The event will not be processed. Error: 15033.\r\n`;
}
