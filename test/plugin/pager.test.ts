import {join} from 'node:path';
import ava from 'ava';
import {pagerFor} from '../../plugin/pager.ts';
import {folderWith} from '../helpers/cli.ts';
import {terminal} from '../helpers/typing.ts';

const test = ava.serial;
const repository = join(import.meta.dirname, '../..');
const LONG = 'line\n'.repeat(100);
const stream = {isTTY: true, rows: 40, columns: 80};
const env = {PATH: '/usr/bin:/bin'};

test('what is longer than the terminal is shown by less, as git shows it', t => {
  const pager = pagerFor(LONG, {stream, argv: [], env});
  t.is(pager?.file, '/usr/bin/less');
  t.is(pager?.env['LESS'], 'FRX');
  t.is(pagerFor(LONG, {stream, argv: [], env: {...env, LESS: 'S'}})?.env['LESS'], 'S');
});

test('colours take no room, long lines take several rows', t => {
  t.is(pagerFor('\x1b[31m\x1b[0m\n'.repeat(30), {stream, argv: [], env}), undefined);
  t.truthy(pagerFor('x'.repeat(80 * 41), {stream, argv: [], env}));
});

for (const [why, choice] of Object.entries({
  'no terminal': {stream: {...stream, isTTY: false}},
  '--no-pager': {argv: ['doctor', '--no-pager']},
  KUBECTL_WIN_NO_PAGER: {env: {...env, KUBECTL_WIN_NO_PAGER: '1'}},
  'a pager that is empty': {env: {...env, KUBECTL_WIN_PAGER: '', PAGER: 'less'}},
  cat: {env: {...env, PAGER: 'cat'}},
  'a terminal that can nothing': {env: {...env, TERM: 'dumb'}},
  'Windows, unless one is named': {platform: 'win32' as const},
  'a program that is not there': {env: {...env, PAGER: 'no-such-pager -R'}},
  'a folder of PATH that is not absolute': {env: {PATH: '.:bin', PAGER: 'less'}},
  'a path that is not absolute': {env: {...env, PAGER: './less'}},
}))
  test(`no pager: ${why}`, t => {
    t.is(pagerFor(LONG, {stream, argv: [], env, ...choice}), undefined);
  });

test('a pager is run with its words, without a shell', t => {
  const pager = pagerFor(LONG, {
    stream,
    argv: [],
    env: {...env, KUBECTL_WIN_PAGER: 'cat -n ;id', PAGER: 'less'},
  });
  t.deepEqual([pager?.file, pager?.args], ['/usr/bin/cat', ['-n', ';id']]);
});

test('in a terminal a long report is paged, and leaving it keeps the exit code', async t => {
  const home = folderWith(t, {});
  const path = `${join(process.execPath, '..')}:/usr/bin:/bin`;
  const run = `${join(repository, 'bin/kubectl-win')} doctor --from ${join(repository, 'plugin/sample')}; echo code $?`;
  const {type, shows} = await terminal(t, {
    program: ['sh', '-c', `${run}; read end`],
    home,
    env: {
      HOME: home,
      PATH: path,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      XDG_CACHE_HOME: join(repository, 'build/test-cache'),
    },
  });
  await shows(/errors[^]*\n:\s*$/);
  await type('q');
  await shows(/code 1\s*$/);
  t.pass();
});
