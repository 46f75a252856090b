import type {Released, ReleaseFacts} from './released.ts';

/** Manifest for Scoop (https://github.com/ScoopInstaller/Scoop/wiki/App-Manifests). */
export function scoopManifest(facts: ReleaseFacts, released: readonly Released[]): string {
  const windows = released.filter(r => r.target.os === 'windows');
  const architecture = Object.fromEntries(
    windows.map(({target, file, sha256}) => [
      target.arch === 'amd64' ? '64bit' : 'arm64',
      {url: `${facts.url}/${file}`, hash: sha256},
    ]),
  );
  const manifest = {
    version: facts.version,
    description: facts.summary,
    homepage: facts.homepage,
    license: facts.license,
    architecture,
    bin: 'kubectl-win.exe',
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
