import test from 'ava';
import {logsAgainst} from '../../../helpers/logs-against.ts';

const IS_FILE =
  '\noptions present and query resolved to log files for [kube-proxy]\ntry without specifying options\n';

test('a log that the kubelet has as a file is asked for without options, and its end is chosen here', async t => {
  const asked: string[] = [];
  const run = await logsAgainst(
    t,
    ({search}, response) => {
      asked.push(search);
      response.end(search.includes('tailLines') ? IS_FILE : 'one\ntwo\nthree\n');
    },
    ['node/win-1', '--source', 'kube-proxy', '--node-proxy', '--tail', '2', '-o', 'raw'],
  );
  t.is(run.code, 0, run.stderr);
  t.is(run.stdout, 'two\nthree\n');
  t.deepEqual(asked, ['?query=kube-proxy&tailLines=2', '?query=kube-proxy']);
});

test('a log that the kubelet does not have is told as such', async t => {
  for (const pieces of [['\nlog not found for nope\n'], ['\n', 'log not found ', 'for nope\n']]) {
    const run = await logsAgainst(
      t,
      (_, response) => {
        for (const [i, piece] of pieces.entries()) setTimeout(() => response.write(piece), 50 * i);
        setTimeout(() => response.end(), 50 * pieces.length);
      },
      ['node/win-1', '--source', 'nope', '--node-proxy'],
    );
    t.is(run.code, 3);
    t.regex(run.stderr, /the kubelet of win-1 has no log of nope/);
  }
});
