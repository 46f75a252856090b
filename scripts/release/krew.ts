import {stringify} from 'yaml';
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
      description:
        'Says what is broken on the Windows side of a cluster, on which nodes, which fact proves it, and what to type next. It reads with the rights you have, or an archive that somebody sent you, and changes nothing.\n',
      caveats:
        'Tab completion: `kubectl win completion install`. Node state needs the agent: `kubectl win agent install`.\n',
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
