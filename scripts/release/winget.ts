import {stringify} from 'yaml';
import {DESCRIPTION} from './released.ts';
import type {Released, ReleaseFacts} from './released.ts';

/** Newest version of the manifests that every winget in support reads (https://github.com/microsoft/winget-pkgs/tree/master/doc/manifest). */
const MANIFEST_VERSION = '1.9.0';
const PACKAGE = 'KubectlWin.KubectlWin';
const LOCALE = 'en-US';
const ARCHITECTURES = {amd64: 'x64', arm64: 'arm64'} as const;

/** The three manifests of a version for winget, by their file names. */
export function wingetManifests(
  facts: ReleaseFacts,
  released: readonly Released[],
): ReadonlyMap<string, string> {
  const installers = released
    .filter(({target}) => target.os === 'windows')
    .map(({target, file, sha256}) => ({
      Architecture: ARCHITECTURES[target.arch],
      InstallerUrl: `${facts.url}/${file}`,
      InstallerSha256: sha256.toUpperCase(),
    }));
  return new Map([
    [`${PACKAGE}.yaml`, manifest('version', {DefaultLocale: LOCALE}, facts)],
    [
      `${PACKAGE}.installer.yaml`,
      manifest(
        'installer',
        {
          InstallerType: 'zip',
          NestedInstallerType: 'portable',
          NestedInstallerFiles: [{RelativeFilePath: 'kubectl-win.exe', PortableCommandAlias: 'kubectl-win'}],
          Installers: installers,
        },
        facts,
      ),
    ],
    [
      `${PACKAGE}.locale.${LOCALE}.yaml`,
      manifest(
        'defaultLocale',
        {
          PackageLocale: LOCALE,
          Publisher: 'kubectl win',
          PackageName: 'kubectl win',
          PackageUrl: facts.homepage,
          License: facts.license,
          ShortDescription: facts.summary,
          Description: DESCRIPTION,
          Moniker: 'kubectl-win',
          Tags: ['kubectl', 'kubernetes', 'windows-containers'],
        },
        facts,
      ),
    ],
  ]);
}

function manifest(type: string, content: object, {version}: ReleaseFacts): string {
  const head = `# yaml-language-server: $schema=https://aka.ms/winget-manifest.${type}.${MANIFEST_VERSION}.schema.json\n`;
  return (
    head +
    stringify({
      PackageIdentifier: PACKAGE,
      PackageVersion: version,
      ...content,
      ManifestType: type,
      ManifestVersion: MANIFEST_VERSION,
    })
  );
}
