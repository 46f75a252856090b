import {spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {folderWith} from '../../helpers/cli.ts';

const MiB = 1024 * 1024;
/** The line of the issue has 1 GiB; a tenth shows as well that memory does not follow it. */
const LINE = process.env['KUBECTL_WIN_FULL'] === '1' ? 1024 * MiB : 128 * MiB;
/** The program from its sources, which are compiled on the way, and what it keeps of a line. */
const MOST = 200 * MiB;
const CHUNK = Buffer.alloc(64 * 1024, 'no line ever ends ');

function* line(): Generator<Buffer> {
  for (let made = 0; made < LINE; made += CHUNK.length) yield CHUNK;
  yield Buffer.from('\nlast\n');
}

for (const output of ['raw', 'ndjson', 'text']) {
  test(`a line without an end in sight is passed on as it comes, in bounded memory: -o ${output}`, async t => {
    const peak = join(folderWith(t, {}), 'peak');
    const report = `import fs from 'node:fs'; process.on('exit', () => fs.writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS * 1024)));`;
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--import',
        `data:text/javascript,${encodeURIComponent(report)}`,
        join(import.meta.dirname, '../../../plugin/main.ts'),
        'logs',
        '--file-input',
        '-',
        '-o',
        output,
      ],
      {stdio: ['pipe', 'pipe', 'inherit']},
    );
    const ended = new Promise<number | null>(done => child.on('close', done));
    let bytes = 0;
    let tail = '';
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      tail = (tail + chunk.toString('latin1').slice(-300)).slice(-300);
    });
    await pipeline(line(), child.stdin);
    t.is(await ended, 0);
    t.true(bytes >= LINE, `${bytes} bytes came out`);
    t.true(tail.includes('last'));
    const used = Number(readFileSync(peak, 'utf8'));
    t.true(used < MOST, `${Math.round(used / MiB)} MiB at its peak`);
  });
}
