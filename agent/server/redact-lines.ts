import type {CollectorLine} from '../../src/protocol/lines.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import type {Rules} from '../../src/redact/rules/rules.ts';
import {compileRules} from '../../src/redact/rules/rules.ts';
import {RuleError} from '../../src/redact/rules/rule.ts';
import {readRules} from '../../src/redact/rules/wire.ts';
import {Refusal} from './refusal.ts';

/** The rules of a request, ready to be applied; `undefined` where it has none. Throws a {@link Refusal}. */
export function rulesOf(texts: readonly string[]): Rules | undefined {
  if (texts.length === 0) return undefined;
  const read = readRules(texts);
  if (typeof read === 'string') throw new Refusal('bad-request', read);
  try {
    return compileRules(read);
  } catch (error) {
    if (error instanceof RuleError) throw new Refusal('bad-request', error.message);
    throw error;
  }
}

interface Redaction {
  node: string;
  os: string;
  rules: Rules | undefined;
}

/** Takes secrets out of what collectors made, before it leaves the node: by our rules, then by those of the request. */
export function redactor({
  node,
  os,
  rules,
}: Redaction): (lines: AsyncIterable<CollectorLine>) => AsyncGenerator<CollectorLine> {
  return async function* (lines) {
    for await (const line of lines) {
      if (!line.ok) {
        yield line;
        continue;
      }
      const path = `host-collectors/${node}/${os}/${line.file}`;
      const {text, counts} = redactFile(path, line.body);
      const body = rules ? rules.apply(path, text, counts) : text;
      yield body === line.body ? line : {...line, body, bytes: Buffer.byteLength(body)};
    }
  };
}
