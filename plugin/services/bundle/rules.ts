import {readFile} from 'node:fs/promises';
import {EXIT} from '../../../src/report/exit.ts';
import {parseRedactors} from '../../../src/redact/rules/parse.ts';
import type {Removal} from '../../../src/redact/rules/rule.ts';
import {RuleError} from '../../../src/redact/rules/rule.ts';
import type {Rules} from '../../../src/redact/rules/rules.ts';
import {compileRules} from '../../../src/redact/rules/rules.ts';
import {UserError} from '../../errors.ts';

/** The user's rules: as they are applied here, and as they are sent to agents. */
export interface UserRules {
  readonly removals: readonly Removal[];
  readonly rules: Rules | undefined;
}

/** Reads files of Redactors. Throws a `UserError` that names the file and the rule. */
export async function readRules(files: readonly string[] = []): Promise<UserRules> {
  const removals: Removal[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw bad(file, cause instanceof Error ? cause.message : String(cause), cause);
    });
    try {
      const own = parseRedactors(text);
      compileRules(own);
      removals.push(...own);
    } catch (error) {
      if (error instanceof RuleError) throw bad(file, error.message, error);
      throw error;
    }
  }
  return {removals, rules: removals.length > 0 ? compileRules(removals) : undefined};
}

function bad(file: string, why: string, cause: unknown): UserError {
  return new UserError(`the redactor ${file} cannot be used: ${why}`, {
    code: 'redactor',
    fix: ['write it as troubleshoot does: https://troubleshoot.sh/docs/redact/redactors/'],
    exitCode: EXIT.usage,
    cause,
  });
}
