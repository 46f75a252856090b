import test from 'ava';
import {parse} from 'yaml';
import {DESK_TARGETS, AGENT_TARGETS} from '../../../scripts/programs/targets.ts';
import {homebrewFormula} from '../../../scripts/release/homebrew.ts';
import {wingetManifests} from '../../../scripts/release/winget.ts';

const facts = {
  version: '1.2.3',
  url: 'https://example.com/v1.2.3',
  homepage: 'https://example.com',
  summary: 'Says "why" of #{anything}',
  license: 'Apache-2.0',
};
const released = [...Object.values(AGENT_TARGETS), ...Object.values(DESK_TARGETS)].map(target => ({
  target,
  file: `${target.os}-${target.arch}.archive`,
  sha256: `${target.os}${target.arch}`,
  program: `kubectl-win${target.extension}`,
}));

test('winget gets the archives of both Windows architectures, each with its checksum in upper case', t => {
  // Ours.
  const {Installers} = parse(
    wingetManifests(facts, released).get('KubectlWin.KubectlWin.installer.yaml') ?? '',
  ) as {Installers: unknown};
  t.deepEqual(Installers, [
    {
      Architecture: 'x64',
      InstallerUrl: 'https://example.com/v1.2.3/windows-amd64.archive',
      InstallerSha256: 'WINDOWSAMD64',
    },
    {
      Architecture: 'arm64',
      InstallerUrl: 'https://example.com/v1.2.3/windows-arm64.archive',
      InstallerSha256: 'WINDOWSARM64',
    },
  ]);
});

test('the three manifests of winget name the same package and version', t => {
  const manifests = [...wingetManifests(facts, released).values()].map(
    text => parse(text) as Record<string, string>,
  ); // ours
  t.deepEqual(
    new Set(manifests.map(m => `${m['PackageIdentifier']} ${m['PackageVersion']}`)),
    new Set(['KubectlWin.KubectlWin 1.2.3']),
  );
  t.deepEqual(
    manifests.map(m => m['ManifestType']),
    ['version', 'installer', 'defaultLocale'],
  );
});

test('the formula of Homebrew names an archive for each system and processor that Homebrew knows', t => {
  const formula = homebrewFormula(facts, released);
  for (const {target, sha256} of released)
    t.is(formula.includes(`sha256 "${sha256}"`), target.os !== 'windows', sha256);
  t.deepEqual(formula.match(/on_\w+/g), ['on_macos', 'on_intel', 'on_arm', 'on_linux', 'on_intel', 'on_arm']);
});

test('Ruby reads nothing into the words of the formula', t => {
  t.true(homebrewFormula(facts, released).includes(String.raw`desc "Says \"why\" of \#{anything}"`));
});
