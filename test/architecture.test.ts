import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';

const root = join(import.meta.dirname, '..');
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter(path => path !== '' && existsSync(join(root, path)));
const sources = tracked.filter(path => path.endsWith('.ts') && !path.includes('/fixtures/'));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Project folders that a file imports from. */
function importedFolders(path: string): string[] {
  const specifiers = [...read(path).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(m => m[1] ?? '');
  return specifiers.map(s => join(dirname(path), s).split('/')[0] ?? '');
}

test('src imports nothing of the project, plugin and agent only src', t => {
  const allowed: Record<string, string[]> = {
    src: ['src'],
    plugin: ['plugin', 'src'],
    agent: ['agent', 'src'],
  };
  const wrong = sources.flatMap(path => {
    const mine = allowed[path.split('/')[0] ?? ''];
    return mine
      ? importedFolders(path)
          .filter(f => !mine.includes(f))
          .map(f => `${path} -> ${f}`)
      : [];
  });
  t.deepEqual(wrong, []);
});

test('src uses nothing of Node', t => {
  t.deepEqual(
    sources.filter(
      path => path.startsWith('src/') && /from 'node:|(?<![-\w])process\.|\brequire\(/.test(read(path)),
    ),
    [],
  );
});

test('what is imported when it is come to is a module: a build has of a CommonJS package only its default then', t => {
  const specifiers = sources
    .filter(path => /^(src|plugin)\//.test(path))
    .flatMap(path => [...read(path).matchAll(/\bimport\('([^.'][^']*)'\)/g)].map(m => m[1] ?? ''));
  const packages = new Set(specifiers.filter(name => !name.startsWith('node:')));
  t.true(packages.size > 0);
  for (const name of packages) {
    // The package's own.
    const {type} = JSON.parse(read(`node_modules/${name}/package.json`)) as {type?: string};
    t.is(type, 'module', name);
  }
});

test('no source file is over 300 lines', t => {
  const long = sources
    .filter(path => /^(src|plugin|agent|scripts|test)\//.test(path))
    .map(path => ({path, lines: read(path).split('\n').length - 1}))
    .filter(({lines}) => lines > 300);
  t.deepEqual(long, []);
});

test('lockfiles name no host', t => {
  for (const path of tracked.filter(p => p.endsWith('package-lock.json')))
    t.false(read(path).includes('"resolved"'), path);
});

test('every folder of the source says what belongs there', t => {
  const folders = [
    ...new Set(sources.filter(p => /^(src|plugin|agent|scripts|test)\//.test(p)).map(p => dirname(p))),
  ];
  // The areas of checks are described together; folders of tests mirror what they test.
  const own = folders.filter(
    f =>
      !/^src\/checks\/[a-z]{3}(\/shared)?$/.test(f) && !/^test\/(src|plugin|agent|checks|scripts)\b/.test(f),
  );
  t.deepEqual(
    own.filter(f => !existsSync(join(root, f, 'README.md'))),
    [],
  );
});
