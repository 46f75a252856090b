import {spawnSync} from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';

const repository = join(import.meta.dirname, '../..');

/** An npm that notes what it was asked, and installs what the test says. */
const npm = (installs: string): string => `#!/bin/sh
echo "$@" >> "$NOTES"
while [ "$1" != --prefix ]; do shift; done
cd "$2" || exit 1
${installs}
`;

/** What `npm ci` does for both: the Node.js of this test as the pinned one, and an empty `node_modules`. */
const INSTALLS = `mkdir -p node_modules/node-pinned/bin && ln -f "$NODE" node_modules/node-pinned/bin/node 2>/dev/null ||
  cp "$NODE" node_modules/node-pinned/bin/node`;

interface Checkout {
  root: string;
  cache: string;
  /** Runs `scripts/setup`. */
  setup(): {status: number | null; stdout: string; stderr: string; ms: number};
  /** What npm was asked so far. */
  asked(): string[];
}

/** A checkout in a folder with a space, on a machine whose Node.js is `version` and whose npm is `program`. */
function checkout(t: ExecutionContext, {version = 'v20.20.2', program = npm(INSTALLS)} = {}): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-setup-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const root = join(folder, 'a checkout');
  for (const part of [
    'scripts/setup',
    'scripts/runtime/package.json',
    'scripts/runtime/package-lock.json',
    'scripts/runtime/.npmrc',
  ]) {
    cpSync(join(repository, part), join(root, part));
  }
  for (const part of ['package.json', 'package-lock.json']) cpSync(join(repository, part), join(root, part));
  writeFileSync(
    join(root, 'scripts/build.ts'),
    `import {appendFileSync} from 'node:fs'; appendFileSync('${folder}/built', '.');`,
  );
  const path = join(folder, 'bin');
  const notes = join(folder, 'notes');
  executable(join(path, 'npm'), program);
  executable(
    join(path, 'node'),
    `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else exec "$NODE" "$@"; fi\n`,
  );
  return {
    root,
    cache: join(folder, 'cache'),
    setup() {
      const started = performance.now();
      const {status, stdout, stderr} = spawnSync(join(root, 'scripts/setup'), {
        cwd: '/',
        encoding: 'utf8',
        env: {
          PATH: `${path}:/usr/bin:/bin`,
          HOME: folder,
          KUBECTL_WIN_CACHE: join(folder, 'cache'),
          NODE: process.execPath,
          NOTES: notes,
        },
      });
      return {status, stdout, stderr, ms: performance.now() - started};
    },
    asked: () => (existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : []),
  };
}

function executable(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text, {mode: 0o755});
}

test('a Node.js that is too old is replaced, a line for each thing that takes time', t => {
  const at = checkout(t);
  const {status, stdout, stderr} = at.setup();
  t.is(status, 0, stderr);
  t.is(stdout, '');
  t.regex(
    stderr,
    /^setup: fetching Node\.js [^\n]*v20\.20\.2[^\n]*\nsetup: installing the dependencies [^\n]*\n$/,
  );
  t.is(at.asked().length, 2);
  t.true(readlinkSync(join(at.root, 'build/node')).startsWith(at.cache));
});

test('the second time nothing is fetched, nothing is said, and it is quick', t => {
  const at = checkout(t);
  at.setup();
  const {status, stdout, stderr, ms} = at.setup();
  t.deepEqual({status, stdout, stderr}, {status: 0, stdout: '', stderr: ''});
  t.is(at.asked().length, 2);
  // A start of Node.js and a few processes; other tests share the machine.
  t.true(ms < 3000, `${ms} ms`);
});

test('a Node.js that is new enough is taken as it is', t => {
  for (const version of ['v22.20.0', 'v24.1.0']) {
    const at = checkout(t, {version});
    const {status, stderr} = at.setup();
    t.is(status, 0);
    t.notRegex(stderr, /fetching/);
    t.is(at.asked().length, 1);
    t.false(readlinkSync(join(at.root, 'build/node')).startsWith(at.cache));
  }
});

test('a lockfile that changed is installed again', t => {
  const at = checkout(t);
  at.setup();
  writeFileSync(join(at.root, 'package-lock.json'), '{}');
  t.regex(at.setup().stderr, /^setup: installing the dependencies [^\n]*\n$/);
  t.is(at.asked().length, 3);
});

test('where npm fails, its reason is shown, and nothing half-done is taken for whole', t => {
  const broken = `#!/bin/sh\necho noise\necho 'npm error code E503' >&2\necho 'npm error 503 Service Unavailable' >&2\nexit 1\n`;
  const at = checkout(t, {program: broken});
  for (const _ of [1, 2]) {
    const {status, stderr} = at.setup();
    t.is(status, 3);
    t.regex(
      stderr,
      /^setup: fetching [^\n]*\nnpm error code E503\nnpm error 503 Service Unavailable\nsetup: npm could not fetch Node\.js [^\n]*\n$/,
    );
  }
  t.deepEqual(spawnSync('ls', ['-A', join(at.cache, 'runtime')], {encoding: 'utf8'}).stdout, '');
});

test('without npm, one line says what to install', t => {
  const at = checkout(t);
  const {status, stderr} = spawnSync(join(at.root, 'scripts/setup'), {
    encoding: 'utf8',
    env: {PATH: onlyCoreutils(t), HOME: at.root},
  });
  t.is(status, 3);
  t.regex(stderr, /^setup: npm is missing: install Node\.js \d+\.\d+ or newer[^\n]*\n$/);
});

/** A PATH with what the script itself calls, and no more. */
function onlyCoreutils(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-win-path-'));
  t.teardown(() => rmSync(folder, {recursive: true}));
  const programs = ['bash', 'cat', 'cksum', 'dirname', 'env', 'head', 'id', 'mkdir', 'sed', 'sort', 'tr'];
  for (const program of programs) symlinkSync(`/usr/bin/${program}`, join(folder, program));
  return folder;
}
