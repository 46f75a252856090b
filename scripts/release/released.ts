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

/** What it does, in the words of every package manager's longer text. */
export const DESCRIPTION =
  'Says what is broken on the Windows side of a cluster, on which nodes, which fact proves it, and what to type next. It reads with the rights you have, or an archive that somebody sent you, and changes nothing.';

/** What to type after installing it. */
export const CAVEATS =
  'Tab completion: `kubectl win completion install`. Node state needs the agent: `kubectl win agent install`.';
