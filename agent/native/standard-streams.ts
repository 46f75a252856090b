/**
 * First in every packaged program. Wine cannot open a pipe as `process.stdin`, and libraries look at the standard streams when
 * they are loaded (execa keeps all three in a list): there each that cannot be opened is one that is empty. The agent itself
 * reads and writes its pipes by their file descriptors.
 */
import {PassThrough} from 'node:stream';

for (const name of ['stdin', 'stdout', 'stderr'] as const) {
  try {
    void process[name];
  } catch {
    Object.defineProperty(process, name, {value: new PassThrough().end()});
  }
}
