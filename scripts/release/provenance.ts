/** Where and of what a release was made. */
export interface Origin {
  homepage: string;
  /** Commit of the sources; undefined outside of a checkout. */
  commit: string | undefined;
  /** Arguments of `build-release`. */
  parameters: Readonly<Record<string, unknown>>;
  /** Files that pin what goes in, with their SHA-256. */
  lockfiles: readonly {path: string; sha256: string}[];
  /** Version of Node.js that ran the build. */
  node: string;
  /** Who vouches for it, as a URL: of a workflow, of a person's account. */
  builder: string;
}

/**
 * Says of every file of a release how it was made: an in-toto statement with SLSA's provenance, version 1
 * (https://slsa.dev/spec/v1.0/provenance). It is worth what its signature is: `cosign sign-blob`, or `attest-blob` with its predicate.
 */
export function provenance(files: readonly {name: string; sha256: string}[], origin: Origin): string {
  const {homepage, commit, parameters, lockfiles, node, builder} = origin;
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: files.map(({name, sha256}) => ({name, digest: {sha256}})),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${homepage}/blob/HEAD/scripts/release/README.md`,
        externalParameters: parameters,
        internalParameters: {node},
        resolvedDependencies: [
          ...(commit === undefined ? [] : [{uri: `git+${homepage}`, digest: {gitCommit: commit}}]),
          ...lockfiles.map(({path, sha256}) => ({uri: `file:${path}`, digest: {sha256}})),
        ],
      },
      runDetails: {builder: {id: builder}},
    },
  };
  return `${JSON.stringify(statement, undefined, 2)}\n`;
}
