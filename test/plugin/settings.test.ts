import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import ava from 'ava';
import {COMMANDS} from '../../plugin/called.ts';
import {quickFlags} from '../../plugin/quick-logs.ts';
import {settingsFile} from '../../plugin/settings-file.ts';
import {settingsFor} from '../../plugin/settings.ts';
import {folderWith, win} from '../helpers/cli.ts';

// One process at a time: each takes a core.
const test = ava.serial;
const SAMPLE = join(import.meta.dirname, '../../plugin/sample');
const DOCTOR = ['doctor', '--from', SAMPLE];

/** An environment with these settings where they are looked for. */
function home(t: ExecutionContext, text: string): NodeJS.ProcessEnv {
  const folder = folderWith(t, {});
  const file = join(folder, 'kubectl-win', 'config.yaml');
  mkdirSync(dirname(file));
  writeFileSync(file, text);
  return {XDG_CONFIG_HOME: folder};
}

test('settings give flags their values: what is typed counts more than a variable, and that more than settings', async t => {
  const env = home(t, 'output: markdown\ndoctor:\n  fail-on: never\n  check: [SCH, NOD]\n');
  const told = await win([...DOCTOR, '-v', '1'], '', env);
  t.is(told.code, 0, told.stderr);
  t.regex(told.stdout, /^## \d+ errors/);
  t.regex(told.stderr, /config\.yaml, doctor: --check is SCH, NOD\n/);
  t.notRegex(told.stdout, /IMG0/);
  const typed = await win([...DOCTOR, '-o', 'json', '--check', 'IMG', '--fail-on=error'], '', env);
  t.is(typed.code, 1);
  t.regex(typed.stdout, /^\{/);
  t.regex(typed.stdout, /"IMG0/);
  const variable = await win(DOCTOR, '', {...env, KUBECTL_WIN_OUTPUT: 'junit', KUBECTL_WIN_CHECK: 'IMG'});
  t.is(variable.code, 0);
  t.regex(variable.stdout, /^<\?xml/);
  t.notRegex(variable.stdout, /SCH0/);
});

test('a setting steps back where a flag is typed that excludes it', async t => {
  const env = home(t, 'namespace: shop\n');
  t.is((await win([...DOCTOR, '-A', '--fail-on', 'never'], '', env)).code, 0);
});

for (const [what, text, says] of [
  [
    'a flag that does not exist',
    'doctor: {fail-onn: never}',
    /config\.yaml, doctor: there is no flag or command `fail-onn`\n {2}Did you mean `fail-on`/,
  ],
  [
    'a command that does not exist',
    'docter: {fail-on: never}',
    /there is no flag or command `docter`\n {2}Did you mean `doctor`/,
  ],
  ['a secret', 'token: x', /`token` is a secret/],
  ['no YAML', 'a: [b', /^error: settings in .*config\.yaml: /],
  ['a list', '- a', /no map/],
  ['a value that is a map', 'color: {a: 1}', /`color` has no plain value/],
] as const)
  test(`settings with ${what} are a usage error that names the file`, async t => {
    const {code, stderr} = await win(['explain', '--list'], '', home(t, text));
    t.is(code, 2);
    t.regex(stderr, says);
  });

test('settings stand where the system has them, or where KUBECTL_WIN_CONFIG says, which may be nowhere', async t => {
  t.is(settingsFile({XDG_CONFIG_HOME: '/x'}, 'linux')?.path, '/x/kubectl-win/config.yaml');
  t.is(settingsFile({HOME: '/home/me'}, 'darwin')?.path, '/home/me/.config/kubectl-win/config.yaml');
  t.is(settingsFile({APPDATA: '/Roaming'}, 'win32')?.path, '/Roaming/kubectl-win/config.yaml');
  t.deepEqual(settingsFile({KUBECTL_WIN_CONFIG: 'a.yaml'}), {path: 'a.yaml', named: true});
  t.is(settingsFile({KUBECTL_WIN_CONFIG: ''}), undefined);
  await t.throwsAsync(settingsFor('doctor', COMMANDS, {KUBECTL_WIN_CONFIG: '/nonexistent'}), {
    message: /no such file/,
  });
  t.is((await settingsFor('doctor', COMMANDS, {HOME: '/nonexistent'})).size, 0);
});

test('logs of a file are read with settings, too', t => {
  const file = ['--file-input', 'web.log'];
  t.truthy(quickFlags(file, {XDG_CONFIG_HOME: '/nonexistent'}));
  t.is(quickFlags(file, home(t, 'logs: {level: Error}')), undefined);
});
