import type {ByteString} from '../../logs/bytes.ts';

/** How a line relates to the shapes of records. */
export type Shape = 'whole' | 'open' | 'none';

/** Length of LogMonitor's time, `2024-03-05T09:10:11.000Z`. */
export const TIME_LENGTH = 24;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Whether LogMonitor's time stands at a place: milliseconds are always 000 (Utility.cpp, SystemTimeToString). */
export function isTimeAt(text: ByteString, at: number): boolean {
  return (
    text.charCodeAt(at + 10) === 0x54 &&
    text.charCodeAt(at + 19) === 0x2e &&
    text.charCodeAt(at + 20) === DIGIT_0 &&
    text.charCodeAt(at + 21) === DIGIT_0 &&
    text.charCodeAt(at + 22) === DIGIT_0 &&
    text.charCodeAt(at + 23) === 0x5a &&
    isDigit(text.charCodeAt(at)) &&
    isDigit(text.charCodeAt(at + 18))
  );
}

export function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

/** A decimal number that JavaScript holds exactly, or null. */
export function wholeNumber(text: ByteString, from: number, to: number): number | null {
  if (to <= from || to - from > 15) return null;
  let value = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return null;
    value = value * 10 + code - DIGIT_0;
  }
  return value;
}

/** Undoes the doubling of backslashes in names of files, which every format has. */
export function fileName(doubled: ByteString): ByteString {
  return doubled.replaceAll('\\\\', '\\');
}

/** Whether a line starts with what only LogMonitor starts a line with. */
export function startsRecord(text: ByteString, at: number): boolean {
  switch (text.charCodeAt(at)) {
    case 0x7b: // {
      return text.startsWith('{"Source":', at);
    case 0x3c: // <
      return (
        text.startsWith('<Log><Source>', at) ||
        text.startsWith('<Source>EventLog</Source><Time>', at) ||
        text.startsWith('<Source>EtwEvent</Source><Time>', at)
      );
    case 0x5b: // [
      return isTimeAt(text, at + 1) && text.charCodeAt(at + 1 + TIME_LENGTH) === 0x5d;
    default:
      return false;
  }
}
