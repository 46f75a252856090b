import type {ByteString} from '../../logs/bytes.ts';
import type {LogLevel} from '../../logs/record.ts';
import type {FamilyEvidence} from './family.ts';
import type {Found} from './found.ts';
import type {Reading} from './reading.ts';
import {TIME_LENGTH, isTimeAt} from './shapes.ts';

/** What follows the time in LogMonitor's own lines. */
export const TRACE_MARK = '][LOGMONITOR] ';
const LEVELS: readonly [string, LogLevel][] = [
  ['INFO: ', 'Information'],
  ['WARNING: ', 'Warning'],
  ['ERROR: ', 'Error'],
];
const CTRL = 'CTRL signal received. The process will now terminate.';
/** Its spelling (`processs`) is LogMonitor's own. */
const EXIT_CODE = /^Entrypoint processs exit code: (-?\d+)$/;
const SIGNAL = /^Catastrophic failure! Signal received: (\d+)$/;
const ERROR_CODE = /(?:\bError: |: )(0x[0-9a-f]+|\d+)\.?$/i;
const MAY_END_IN_CODE = /[0-9a-f]\.?$/i;

/** Reads one of LogMonitor's own lines; false where it is none. */
export function readTrace(
  found: Found,
  text: ByteString,
  {start, end, evidence, fieldsOnly}: Reading,
): boolean {
  if (!text.startsWith(TRACE_MARK, start + 1 + TIME_LENGTH) || !isTimeAt(text, start + 1)) return false;
  const from = start + 1 + TIME_LENGTH + TRACE_MARK.length;
  const level = LEVELS.find(([mark]) => text.startsWith(mark, from));
  if (!level) return false;
  found.source = 'Monitor';
  found.setTimeAt(text, start + 1);
  found.level = level[1];
  found.message = text.slice(from + level[0].length, end);
  noteVersion(found.message, evidence);
  found.family = evidence.family;
  if (!fieldsOnly) addFacts(found);
  return true;
}

/** Reads the line that LogMonitor prints when it is told to stop; false where it is another. */
export function readCtrl(found: Found, text: ByteString, start: number, end: number): boolean {
  if (end - start !== CTRL.length || !text.startsWith(CTRL, start)) return false;
  found.source = 'Monitor';
  found.level = 'Information';
  found.message = CTRL;
  found.isJson = true;
  return true;
}

/** Texts that a version was the first to print. */
function noteVersion(message: ByteString, evidence: FamilyEvidence): void {
  if (message.startsWith('LogFormat not found in LogConfig.')) evidence.atLeast('2.2');
  else if (message.startsWith('SanitizeJson failed: ')) evidence.atLeast('2.2');
  else if (message === 'Invalid configuration file name.') evidence.atLeast('2.2');
  else if (SIGNAL.test(message)) evidence.atLeast('2.1');
  else if (message.startsWith('Log directory ') && message.includes('LogMonitor will wait'))
    evidence.atLeast('2.0');
  else if (message.startsWith('Waiting for ')) evidence.atLeast('2.0');
}

function addFacts(found: Found): void {
  const exit = EXIT_CODE.exec(found.message);
  if (exit) {
    found.data = `{"exitCode":${exit[1]}}`;
    return;
  }
  const signal = SIGNAL.exec(found.message);
  if (signal) {
    found.data = `{"signal":${signal[1]}}`;
    return;
  }
  if (found.level === 'Information' || !MAY_END_IN_CODE.test(found.message)) return;
  const code = ERROR_CODE.exec(found.message)?.[1];
  if (code !== undefined) found.data = `{"error":"${code}"}`;
}
