/** Reads a file below the root of a drive as the files of containers are read, and writes its text or why it is refused. */
import {writeSync} from 'node:fs';
import {CollectError} from '../../../agent/collect/collector.ts';
import {namesOf, readBelow} from '../../../agent/logmonitor/container-path.ts';
import {openNtFolder} from '../../../agent/logmonitor/native/nt-folder.ts';

const MAX_BYTES = 1000;
const [drive = '', path = ''] = process.argv.slice(2);

function answer(): string | Uint8Array {
  try {
    return readBelow(openNtFolder(`\\??\\${drive}\\`), namesOf(path) ?? [], MAX_BYTES);
  } catch (error) {
    if (error instanceof CollectError) return `${error.reason}: ${error.message}`;
    throw error;
  }
}

writeSync(1, Buffer.from(answer()));
