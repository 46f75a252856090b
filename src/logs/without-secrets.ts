import {maskLine} from '../redact/quoted.ts';
import {redactFile} from '../redact/redact-file.ts';
import {decodeUtf8, encodeUtf8} from './bytes.ts';
import type {FoundRecord} from './to-record.ts';
import {messageText} from './to-record.ts';

/**
 * Masks secrets in a record's message and data, in place; its bytes as they came stay. For stories: people paste them where more
 * can read them than the log.
 */
export function withoutSecrets(found: FoundRecord): FoundRecord {
  const text = messageText(found);
  const masked = maskLine(text);
  if (masked !== text) {
    // It may be made of the message, as the stamp is.
    const {time} = found;
    found.message = encodeUtf8(masked);
    found.messageAt = -1;
    found.isJson = false;
    found.stamp = 0;
    found.timeAt = -1;
    found.time = time;
  }
  if (found.data !== null) found.data = encodeUtf8(redactFile('data.json', decodeUtf8(found.data)).text);
  return found;
}
