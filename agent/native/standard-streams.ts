/**
 * First in every packaged program. Libraries look at the standard streams when they are loaded (execa keeps all three in a list),
 * and a look opens them. The agent reads standard input by its file descriptor, so `process.stdin` is an empty stream and never
 * a second reader; Wine could not even open a pipe as one. Of the others those are empty that cannot be opened.
 */
import {PassThrough} from 'node:stream';

const replace = (name: 'stdin' | 'stdout' | 'stderr'): void => {
  Object.defineProperty(process, name, {value: new PassThrough().end()});
};

replace('stdin');
for (const name of ['stdout', 'stderr'] as const) {
  try {
    void process[name];
  } catch {
    replace(name);
  }
}
