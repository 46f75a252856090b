import type {Target} from '../programs/targets.ts';

/** An archive of a release. */
export interface Released {
  target: Target;
  /** Name of the archive. */
  file: string;
  /** Of the archive, in lower case. */
  sha256: string;
  /** Name of the executable in it. */
  program: string;
}

/** What package managers tell people. */
export interface ReleaseFacts {
  version: string;
  /** Where the archives are, without a slash at its end. */
  url: string;
  homepage: string;
  /** Short, as krew and Homebrew want it: without a stop. */
  summary: string;
  license: string;
}
