import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {array, assert, integer, property, string} from 'fast-check';
import {TailFile, readPart} from '../../../plugin/bundle/tail-file.ts';
import {tempDir} from '../../helpers/archives.ts';

const lines = array(
  string({maxLength: 40}).map(text => `${text.replaceAll('\n', ' ')}\n`),
  {maxLength: 60},
);

test('of any text the last whole lines stay that fit, and no more is ever on the disk than twice that', t => {
  const folder = tempDir(t);
  let run = 0;
  const keepsEnd = property(lines, lines, integer({min: 50, max: 400}), (first, more, maxBytes) => {
    const begun = join(folder, `t${run++}`);
    writeFileSync(begun, Buffer.from(first.join('')).subarray(-maxBytes));
    const before = readFileSync(begun).toString('latin1');
    const tail = new TailFile(begun, maxBytes);
    for (const line of more) {
      tail.write(Buffer.from(line));
      const sizes = readdirSync(folder).map(name => readFileSync(join(folder, name)).length);
      if (sizes.reduce((sum, size) => sum + size, 0) > 2 * maxBytes) return false;
    }
    const kept = Buffer.concat(
      tail.end().flatMap(part => [...readPart(part)].map(p => Buffer.from(p))),
    ).toString('latin1');
    tail.remove();
    const whole = before + Buffer.from(more.join('')).toString('latin1');
    const cut = whole.length - maxBytes;
    const start = cut <= 0 ? 0 : whole.indexOf('\n', cut - 1) + 1;
    return kept === whole.slice(start);
  });
  assert(keepsEnd, {numRuns: 200});
  t.deepEqual(readdirSync(folder), []);
});

test('a line that is longer than all that is wanted is cut at its beginning', t => {
  const begun = join(tempDir(t), 't');
  writeFileSync(begun, 'a');
  const tail = new TailFile(begun, 100);
  tail.write(Buffer.alloc(350, 'b'));
  const kept = tail
    .end()
    .flatMap(part => [...readPart(part)].map(String))
    .join('');
  t.regex(kept, /^b{1,100}$/);
  tail.remove();
});
