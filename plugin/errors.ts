import {EXIT} from '../src/report/exit.ts';

/** What every error of ours carries beside its message: what to do next, and what the process then answers with. */
export interface ErrorFacts {
  /** Stable name of the kind of failure, for callers that react to it. */
  code: string;
  /** What to type or do next, the least harmful first. */
  fix?: readonly string[];
  exitCode?: number;
  cause?: unknown;
}

/** An error that says what to do, as all of ours are. */
abstract class Advised extends Error {
  readonly code: string;
  readonly fix: readonly string[];
  readonly exitCode: number;

  constructor(message: string, facts: ErrorFacts) {
    super(message, {cause: facts.cause});
    this.code = facts.code;
    this.fix = facts.fix ?? [];
    this.exitCode = facts.exitCode ?? EXIT.couldNotRun;
  }
}

/** Something the user can put right: one sentence that says what and where, and what to do about it. */
export class UserError extends Advised {
  override readonly name: string = 'UserError';
}

/** Something outside failed: a server, a command, a network. The message names it and what it answered. */
export class ExternalError extends Advised {
  override readonly name: string = 'ExternalError';
}
