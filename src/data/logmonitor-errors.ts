/** What a line means in which LogMonitor reports an error of its own, and what to do about it. */
export interface LogMonitorError {
  /** Class of the error, without values. */
  id: string;
  /** Matches the line after `ERROR: `. */
  matches: RegExp;
  meaning: string;
  fix: string;
  /** Known to do no harm. */
  harmless?: true;
}

/**
 * The errors of LogMonitor, the particular before the general. Texts are of its source (`EventMonitor.cpp`, `LogFileMonitor.cpp`,
 * `EtwMonitor.cpp`, `Main.cpp` of https://github.com/microsoft/windows-container-tools, 1.0 to 2.2.1), meanings of the issues
 * named.
 */
export const LOGMONITOR_ERRORS: readonly LogMonitorError[] = [
  {
    id: 'config name refused',
    matches: /^Invalid configuration file name/,
    meaning:
      '2.2 refuses a name with \\, /, : or .. after /Config, and the container ends at once with exit code 0',
    fix: 'Put the file at `C:\\LogMonitor\\LogMonitorConfig.json` and leave `/Config` out.',
  },
  {
    id: 'no config',
    matches: /^Configuration file .* not found/,
    meaning: 'the program runs, and nothing of logs is printed',
    fix: 'Copy LogMonitorConfig.json into the image, or mount it, at the path that the line names.',
  },
  {
    id: 'config invalid',
    matches: /^(?:Invalid configuration file|Failed to read json configuration file)/,
    meaning: 'the configuration does not parse, and nothing of logs is printed',
    fix: 'Mend the JSON: `kubectl win lint LogMonitorConfig.json` names the place.',
  },
  {
    id: 'entrypoint not started',
    matches: /^Failed to start entrypoint process/,
    meaning:
      'Windows could not start the program that LogMonitor was told to run (`kubectl win explain` tells what the number means)',
    fix: 'Compare the command line of the container with what is in the image.',
  },
  {
    id: 'event log service not up',
    matches: /(?:0x6BA|\b1722\b)/i,
    meaning:
      'the Event Log service had not started yet (RPC_S_SERVER_UNAVAILABLE), and events are not read; 2.0.2 and later wait for it (windows-container-tools#150)',
    fix: 'Use LogMonitor 2.0.2 or later.',
  },
  {
    id: 'channel not found',
    matches: /^Failed to subscribe to event log channel\. The specified event channel was not found/,
    meaning:
      'one channel that does not exist takes the events of all the others with it, as all are asked for at once',
    fix: 'Take the channel out of the configuration: `wevtutil el` in the container lists those that there are.',
  },
  {
    id: 'providers invalid',
    matches: /^Invalid providers/,
    meaning: 'no ETW provider of the configuration is known in the container, and no ETW events are printed',
    fix: 'Name providers that `logman query providers` lists in the container.',
  },
  {
    id: 'message text missing',
    matches: /\b15033\b/,
    meaning:
      'the text of an event is not there in the language of the container, and the event is left out (windows-container-tools#153)',
    fix: 'Leave the channel to node logs, or install the provider in the image.',
  },
  {
    id: 'file ids unsupported',
    matches: /Failed to query file information.*Error: (?:87|50)\b/,
    meaning:
      'the file system gives no file ids; lines are read all the same (windows-container-tools#125, #34)',
    fix: 'Nothing needs to be done.',
    harmless: true,
  },
  {
    id: 'directory not watched',
    matches: /^Failed to start log file monitor/,
    meaning: 'the files of this directory are not read',
    fix: 'Name a folder below the root of the drive that is in the image, on a volume that the container may read.',
  },
  {
    id: 'record unescaped',
    matches: /^SanitizeJson failed/,
    meaning: '2.2.0 prints the record without escaping it, so it is no valid JSON',
    fix: 'Use LogMonitor 2.2.1.',
  },
  {
    id: 'ETW provider not found',
    matches: /\b1168\b/,
    meaning: 'an ETW provider of the configuration is not known in the container',
    fix: 'Name providers that `logman query providers` lists in the container.',
  },
];

/** Signals that LogMonitor dies of, as the C run time numbers them (https://learn.microsoft.com/cpp/c-runtime-library/reference/signal). */
export const SIGNALS: ReadonlyMap<number, string> = new Map([
  [2, 'SIGINT: it was interrupted'],
  [4, 'SIGILL: an instruction that the processor does not know'],
  [8, 'SIGFPE: an arithmetic fault'],
  [11, 'SIGSEGV: it used memory that is not its own'],
  [15, 'SIGTERM: it was told to end'],
  [
    22,
    'SIGABRT: an exception that nothing caught, in 2.1.2 to 2.2.0 mostly bytes of the program that are not UTF-8',
  ],
]);

/** What an error of LogMonitor means, where it is known. */
export function explainLogMonitor(message: string): LogMonitorError | undefined {
  return LOGMONITOR_ERRORS.find(({matches}) => matches.test(message));
}
