import {stringify} from 'yaml';
import {CAVEATS, DESCRIPTION} from './released.ts';
import type {Released, ReleaseFacts} from './released.ts';

/**
 * Manifest of the plugin for krew (https://krew.sigs.k8s.io/docs/developer-guide/plugin-manifest/), held against krew's own
 * validator by a test.
 */
export function krewManifest(
  {version, url, homepage, summary}: ReleaseFacts,
  released: readonly Released[],
): string {
  return stringify({
    apiVersion: 'krew.googlecontainertools.github.com/v1alpha2',
    kind: 'Plugin',
    metadata: {name: 'win'},
    spec: {
      version: `v${version}`,
      homepage,
      shortDescription: summary,
      description: `${DESCRIPTION}\n`,
      caveats: `${CAVEATS}\n`,
      platforms: released.map(({target, file, sha256, program}) => ({
        selector: {matchLabels: {os: target.os, arch: target.arch}},
        uri: `${url}/${file}`,
        sha256,
        files: [
          {from: program, to: '.'},
          {from: 'LICENSE', to: '.'},
        ],
        bin: program,
      })),
    },
  });
}
