import {readContainerdConfig} from '../cri/config/read.ts';
import type {ConfigProblem} from '../cri/config/read.ts';
import type {NodeText} from './text.ts';

/** A file of containerd's configuration: what it says of itself, and what is wrong with it. */
export interface RuntimeConfigFile {
  /** `cri/config.toml`, or a file that it imports. */
  file: string;
  version: number;
  problems: readonly ConfigProblem[];
}

/** Takes a file of containerd's configuration into what is known of it. */
export function takeRuntimeConfig(
  before: readonly RuntimeConfigFile[],
  {file, text}: NodeText,
): RuntimeConfigFile[] {
  const {version, problems} = readContainerdConfig([{file, text}]);
  return [...before, {file, version, problems}];
}
