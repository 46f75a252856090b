/** One thing that a user wants taken out, in the form in which it is sent to agents. */
export interface Removal {
  /** Name of the user's rule, for the report. */
  readonly rule: string;
  /** Files by patterns (`**`, `*`, `?`, `[ab]`, `{a,b}`; `/` separates); every file where absent. */
  readonly files?: readonly string[];
  /** A text, letter by letter. */
  readonly value?: string;
  /** An expression of RE2. Groups named `mask` are masked, those named `drop` go, others stay; what is outside of groups goes, too. */
  readonly regex?: string;
  /** An expression that a line must match so that `regex` is applied to the next. */
  readonly selector?: string;
  /** Path of keys and indices, `*` for any: all values there and below. */
  readonly path?: readonly string[];
}

/** A user's rules are wrong: one sentence that says where and what. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}
