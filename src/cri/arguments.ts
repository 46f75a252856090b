/** What stands where a value was that may be a secret. */
export const REDACTED = '[redacted]';

/** Folders whose names hold a space, and in which programs lie. */
const QUOTED_OR_PLAIN = /^\s*(?:"([^"]+)"|((?:[A-Za-z]:\\Program Files(?: \(x86\))?\\)?[^\s"]+))/;
const LOG_MONITOR = /(?:^|[\s"'\\/])LogMonitor(?:\.exe)?(?=$|[\s"'])/i;
/** A path of LogMonitor and nothing else: it may stay, for it says where the program is. */
const LOG_MONITOR_PATH = /^"?(?:[A-Za-z]:)?[\w.\\/-]{0,200}LogMonitor(?:\.exe)?"?$/i;

/** LogMonitor's option for the file of its configuration, and such a file: it decides whether 2.2 starts at all. */
const CONFIG_OPTION = /^\/config$/i;
const CONFIG_PATH = /^(?:[A-Za-z]:)?[\w.\\/-]{1,200}\.json$/i;

/**
 * Keeps of a command line what names its program. Arguments carry secrets in every shape, so none stays but the path of
 * LogMonitor (https://github.com/microsoft/windows-container-tools), by which its containers are found, and that of its
 * configuration.
 */
export function withoutArguments(args: unknown): string[] | undefined {
  if (!Array.isArray(args)) return undefined;
  return args.map((arg, index) => {
    if (typeof arg !== 'string') return REDACTED;
    if (index === 0) return commandLineProgram(arg);
    if (args.slice(0, index).some(isLogMonitor)) {
      if (CONFIG_OPTION.test(arg)) return arg;
      if (CONFIG_OPTION.test(String(args[index - 1])) && CONFIG_PATH.test(arg)) return arg;
    }
    if (!LOG_MONITOR.test(arg)) return REDACTED;
    return LOG_MONITOR_PATH.test(arg) ? arg : `LogMonitor.exe ${REDACTED}`;
  });
}

function isLogMonitor(arg: unknown): boolean {
  return typeof arg === 'string' && LOG_MONITOR.test(arg);
}

/** The same for a command line in one text, as Windows starts programs. */
export function commandLineProgram(line: unknown): string {
  if (typeof line !== 'string') return REDACTED;
  const match = QUOTED_OR_PLAIN.exec(line);
  if (!match) return line === '' ? '' : REDACTED;
  const named = match[1] ?? match[2] ?? '';
  const program = named.includes('=') ? REDACTED : named;
  const rest = line.slice(match[0].length);
  if (rest.trim() === '') return program;
  return LOG_MONITOR.test(rest) ? `${program} LogMonitor.exe ${REDACTED}` : `${program} ${REDACTED}`;
}

/** Whether a container's command starts LogMonitor, by its redacted form as well as by its own. */
export function startsLogMonitor(command: unknown): boolean {
  const parts = Array.isArray(command) ? command : [command];
  return parts.some(isLogMonitor);
}

const EXTRA_INFO = /\s*extra info:.*$/is;
const STARTED = /(CreateProcess(?: [0-9a-f]{64})?(?: [0-9a-f]{64})?:? )(?!failed\b)(.+?)(: The |: [A-Z]|$)/s;

/**
 * Takes command lines out of what a runtime says of a failure: hcsshim writes the whole request with all environment
 * values behind `extra info`, and the command line into the name of what failed
 * (https://github.com/microsoft/hcsshim/blob/main/internal/hcs/errors.go).
 */
export function withoutCommandLines(message: unknown): string | undefined {
  if (typeof message !== 'string') return undefined;
  return message
    .replace(EXTRA_INFO, ` extra info: ${REDACTED}`)
    .replace(STARTED, (_, head: string, line: string, tail: string) =>
      /^[0-9a-f]{64}$/.test(line) ? `${head}${line}${tail}` : `${head}${commandLineProgram(line)}${tail}`,
    );
}
