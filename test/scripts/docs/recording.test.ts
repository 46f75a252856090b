import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {folderWith} from '../../helpers/cli.ts';

const root = join(import.meta.dirname, '../../..');

test('a recording holds what is typed and what the program prints, in order of time', async t => {
  const folder = folderWith(t, {});
  const file = join(folder, 'doctor.cast');
  await promisify(execFile)(
    process.execPath,
    [join(root, 'scripts/build-recording.ts'), file, '--from', join(root, 'plugin/sample')],
    {env: {...process.env, HOME: folder, XDG_CACHE_HOME: join(root, 'build/test-cache')}},
  );
  const [head, ...events] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as unknown);
  t.like(head, {version: 2, width: 100});
  // As the script writes them.
  const told = events as [number, string, string][];
  for (const [i, [at, kind]] of told.entries()) {
    t.is(kind, 'o');
    t.true(at >= (told[i - 1]?.[0] ?? 0));
  }
  const text = told.map(([, , words]) => words).join('');
  t.regex(text, /kubectl win doctor --check NOD,IMG,SCH --from/);
  t.regex(text, /NOD001/);
  t.regex(text, /\x1b\[\d/);
  t.regex(text, /win-3 +no +2022/);
});
