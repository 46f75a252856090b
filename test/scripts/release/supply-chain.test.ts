import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {
  COMPATIBLE_OF_TOOLS,
  dependenciesOf,
  isCompatible,
  notices,
} from '../../../scripts/release/dependencies.ts';
import type {Dependency} from '../../../scripts/release/dependencies.ts';
import {provenance} from '../../../scripts/release/provenance.ts';
import {cycloneDx} from '../../../scripts/release/sbom.ts';
import {agentManifests} from '../../../scripts/manifests/by-digest.ts';

const root = join(import.meta.dirname, '../../..');
const LOCKFILES = [
  'package-lock.json',
  'windows/runtime/package-lock.json',
  'scripts/release/runtime/package-lock.json',
  'scripts/runtime/package-lock.json',
];
const own = dependenciesOf(join(root, 'package-lock.json'));
const bill = {
  name: 'kubectl-win',
  version: '1.2.3',
  licence: 'Apache-2.0',
  description: 'x',
  timestamp: '2026-01-01T00:00:00Z',
};

for (const path of LOCKFILES)
  test(`every dependency in ${path} is under a licence that goes with Apache-2.0`, t => {
    const all = dependenciesOf(join(root, path));
    t.true(all.length > 0);
    const wrong = all.filter(({licence, dev, optional}) =>
      // Of tools for other systems npm has not seen the licence.
      licence === undefined
        ? !(dev && optional)
        : !isCompatible(licence) && !(dev && COMPATIBLE_OF_TOOLS.has(licence)),
    );
    t.deepEqual(
      wrong.map(({name, licence}) => `${name}: ${licence}`),
      [],
    );
  });

test('of an expression one choice must be compatible, and all that come together', t => {
  for (const yes of ['MIT', '(MIT OR GPL-3.0)', 'MIT AND ISC', '(MIT AND ISC) OR GPL-2.0'])
    t.true(isCompatible(yes), yes);
  for (const no of ['GPL-3.0', 'MIT AND GPL-3.0', 'SEE LICENSE IN x', '']) t.false(isCompatible(no), no);
});

function purlOf([name, version]: [string, string]): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

interface Bom {
  serialNumber: string;
  components: {purl: string; hashes?: {content: string}[]; licenses?: object[]}[];
  dependencies: {ref: string; dependsOn: string[]}[];
}

test('the bill of materials has what is installed without tools, with hashes and licences as npm tells them, and is the same every time', t => {
  const text = cycloneDx(bill, own);
  t.is(cycloneDx(bill, own.toReversed()), text);
  const ours = JSON.parse(text) as Bom;
  const npm = JSON.parse(
    execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    }),
  ) as Bom;
  const hashes = new Map(npm.components.map(c => [c.purl, c.hashes?.[0]?.content]));
  for (const {purl, hashes: mine, licenses} of ours.components) {
    t.is(mine?.[0]?.content, hashes.get(purl), purl);
    t.is(licenses?.length, 1, purl);
  }
  // Ours.
  const {dependencies, devDependencies} = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const purls = new Set(ours.components.map(c => c.purl));
  for (const one of Object.entries(dependencies)) t.true(purls.has(purlOf(one)), one[0]);
  for (const one of ['ava', 'typescript', 'esbuild'])
    t.false(purls.has(purlOf([one, devDependencies[one] ?? ''])), one);
  t.regex(ours.serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  t.deepEqual(
    ours.dependencies[0]?.dependsOn,
    ours.components.map(c => c.purl),
  );
});

test('notices hold the licence of everything that ships, and of nothing else', t => {
  const text = notices(own, root);
  for (const {name, version, dev, place} of own) {
    const isTold = text.includes(`\n${name} ${version} (`);
    if (!dev) t.true(isTold, name);
    else if (!own.some(d => !d.dev && d.name === name && d.version === version)) t.false(isTold, place);
  }
  t.regex(text, /@oclif\/core [\d.]+ \(MIT\)\n\nThe MIT License|@oclif\/core [\d.]+ \(MIT\)\n\nMIT/);
});

test('provenance has every file with its digest, the commit, and the lockfiles', t => {
  const files = [{name: 'a.tar.gz', sha256: 'a1'}];
  const origin = {
    homepage: 'https://example.com/p',
    commit: 'c0ffee',
    parameters: {url: 'https://example.com'},
    lockfiles: [{path: 'package-lock.json', sha256: 'b2'}],
    node: 'v22',
    builder: 'https://example.com/builder',
  };
  t.like(JSON.parse(provenance(files, origin)), {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{name: 'a.tar.gz', digest: {sha256: 'a1'}}],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: {url: 'https://example.com'},
        resolvedDependencies: [
          {uri: 'git+https://example.com/p', digest: {gitCommit: 'c0ffee'}},
          {uri: 'file:package-lock.json', digest: {sha256: 'b2'}},
        ],
      },
      runDetails: {builder: {id: 'https://example.com/builder'}},
    },
  });
});

test('manifests of a release name the image by its digest alone', t => {
  const image = `registry.example.com/agent@sha256:${'0'.repeat(64)}`;
  const manifests = [...agentManifests(image).values()];
  for (const text of manifests) t.deepEqual(new Set(text.match(/image: .*/g)), new Set([`image: ${image}`]));
  t.is(manifests.length, 2);
});

test('the npm package holds its program, its licence and its text, and nothing else', t => {
  const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
  });
  // One package.
  const [packed] = JSON.parse(answer) as {files: {path: string; mode: number}[]}[];
  const files = packed?.files ?? [];
  const names = files.map(f => f.path);
  t.deepEqual(names.filter(n => !n.startsWith('dist/')).toSorted(), [
    'LICENSE',
    'README.md',
    'bin/kubectl-win',
    'bin/kubectl_complete-win',
    'package.json',
  ]);
  for (const {path, mode} of files.filter(f => f.path.startsWith('bin/'))) t.is(mode & 0o111, 0o111, path);
  for (const name of names.filter(n => n.startsWith('dist/')))
    t.regex(name, /^dist\/[\w-]+\.js(?:\.LEGAL\.txt)?$/);
  // Where it was built; `npm pack` itself always does.
  if (existsSync(join(root, 'dist')))
    for (const name of ['main', 'commands', 'logs-worker']) t.true(names.includes(`dist/${name}.js`), name);
});

test('a package that is here twice is told once', t => {
  const one: Dependency = {
    place: 'node_modules/a',
    name: 'a',
    version: '1',
    licence: 'MIT',
    integrity: undefined,
    dev: false,
    optional: false,
  };
  const text = cycloneDx(bill, [one, {...one, place: 'node_modules/b/node_modules/a'}]);
  t.is((JSON.parse(text) as Bom).components.length, 1);
});
