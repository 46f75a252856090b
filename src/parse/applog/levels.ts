import type {LogLevel} from '../../logs/record.ts';

const NAMES = new Map<string, LogLevel>([
  ['critical', 'Critical'],
  ['crit', 'Critical'],
  ['fatal', 'Critical'],
  ['ftl', 'Critical'],
  ['emerg', 'Critical'],
  ['alert', 'Critical'],
  ['panic', 'Critical'],
  ['error', 'Error'],
  ['err', 'Error'],
  ['fail', 'Error'],
  ['failure', 'Error'],
  ['severe', 'Error'],
  ['warning', 'Warning'],
  ['warn', 'Warning'],
  ['wrn', 'Warning'],
  ['information', 'Information'],
  ['informational', 'Information'],
  ['info', 'Information'],
  ['inf', 'Information'],
  ['notice', 'Information'],
  ['verbose', 'Verbose'],
  ['vrb', 'Verbose'],
  ['verb', 'Verbose'],
  ['debug', 'Verbose'],
  ['dbug', 'Verbose'],
  ['dbg', 'Verbose'],
  ['trace', 'Verbose'],
  ['trce', 'Verbose'],
  ['trc', 'Verbose'],
  ['fine', 'Verbose'],
]);

/** The same in the ways in which they are mostly written. */
const WRITTEN = new Map(
  [...NAMES].flatMap(([word, level]) => [
    [word, level],
    [word.toUpperCase(), level],
    [word.charAt(0).toUpperCase() + word.slice(1), level],
  ]),
);

/** The level that a word of Windows, log4net, NLog, Serilog, syslog or .NET's console means; undefined where it is none. */
export function levelOf(word: string): LogLevel | undefined {
  return WRITTEN.get(word) ?? NAMES.get(word.toLowerCase());
}

/** A level by the name that Windows gives it, which is what LogMonitor prints; null for `None`, `Unknown` and the rest. */
export function windowsLevel(text: string, from: number, to: number): LogLevel | null {
  const code = text.charCodeAt(from);
  // By the first letter and the length: five names, no string made.
  if (code === 0x49 && to - from === 11) return 'Information';
  if (code === 0x45 && to - from === 5) return 'Error';
  if (code === 0x57 && to - from === 7) return 'Warning';
  if (code === 0x56 && to - from === 7) return 'Verbose';
  return code === 0x43 && to - from === 8 ? 'Critical' : null;
}
