/** What the process answers with (CONTRACT §1): the one table. */
export const EXIT = {
  /** Nothing at or above `--fail-on`. */
  ok: 0,
  /** A finding at or above `--fail-on`. */
  findings: 1,
  /** A flag, argument or input file that makes no sense. */
  usage: 2,
  /** No cluster, no capture, or no right to read anything. */
  notRun: 3,
  /** Only with `--strict`: nothing found, but evidence was missing. */
  incomplete: 4,
  /** A bug of ours. */
  bug: 70,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
