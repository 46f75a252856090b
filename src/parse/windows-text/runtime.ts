/** What a runtime calls itself, by the names that `cri/version.json` has. */
export interface PrintedRuntime {
  runtimeName: 'containerd';
  /** With a `v`: `v1.7.20`. */
  runtimeVersion: string;
}

/**
 * Reads `containerd --version` (`containerd github.com/containerd/containerd v1.7.20 8fc6…`) or `ctr version`, where the server's is
 * the last. Undefined where no version is in it.
 */
export function readPrintedRuntime(text: string): PrintedRuntime | undefined {
  const versions = [...text.matchAll(/(?:\/containerd(?:\/v2)?|Version:)\s+(v?\d+\.\d+\.\d+\S*)/g)];
  const version = versions.at(-1)?.[1];
  if (version === undefined) return undefined;
  return {runtimeName: 'containerd', runtimeVersion: version.startsWith('v') ? version : `v${version}`};
}
