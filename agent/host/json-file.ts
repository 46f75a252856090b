import type {CollectedFile} from '../collect/collector.ts';
import type {Gap} from './gaps.ts';

/** A file of facts as JSON; `partial` says what of it is missing. */
export function jsonFile(
  file: string,
  {value, source, partial}: {value: unknown; source: string; partial?: Gap | undefined},
): CollectedFile {
  return {file, source, body: `${JSON.stringify(value)}\n`, ...(partial && {partial})};
}
