import type {CollectorLine} from '../../src/protocol/lines.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import type {Rules} from '../../src/redact/rules/rules.ts';
import {compileRules} from '../../src/redact/rules/rules.ts';
import {RuleError} from '../../src/redact/rules/rule.ts';
import {readRules} from '../../src/redact/rules/wire.ts';
import {PSEUDONYM_KINDS} from '../../src/redact/pseudonyms/kinds.ts';
import {Pseudonyms} from '../../src/redact/pseudonyms/pseudonyms.ts';
import type {SnapshotRequest} from '../../src/protocol/snapshot-request.ts';
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

/** The pseudonyms that a request asks for; of the node's own name, too. Throws a {@link Refusal} where it has no key. */
export function pseudonymsOf(
  node: string,
  {pseudonymKey, pseudonyms = PSEUDONYM_KINDS, names}: SnapshotRequest,
): Pseudonyms | undefined {
  if (pseudonymKey === undefined) {
    // What was asked for and silently left out would be a leak.
    if (names) throw new Refusal('bad-request', 'names are replaced with a pseudonymKey only');
    return undefined;
  }
  const hosts = [...new Set([...(names?.hosts ?? []), node])];
  return new Pseudonyms({
    key: pseudonymKey,
    kinds: pseudonyms,
    names: {hosts, objects: names?.objects ?? []},
  });
}

interface Redaction {
  node: string;
  os: string;
  rules: Rules | undefined;
  pseudonyms?: Pseudonyms | undefined;
}

/**
 * Takes secrets out of what collectors made, before it leaves the node: by our rules, then by those of the request. Then puts
 * pseudonyms in, where they are asked for, in names of files, too.
 */
export function redactor({
  node,
  os,
  rules,
  pseudonyms,
}: Redaction): (lines: AsyncIterable<CollectorLine>) => AsyncGenerator<CollectorLine> {
  return async function* (lines) {
    for await (const line of lines) {
      if (!line.ok) {
        yield pseudonyms
          ? {...line, ...renamed(line, pseudonyms), detail: pseudonyms.text(line.detail)}
          : line;
        continue;
      }
      const path = `host-collectors/${node}/${os}/${line.file}`;
      const {text, counts} = redactFile(path, line.body);
      const ruled = rules ? rules.apply(path, text, counts) : text;
      const body = pseudonyms ? pseudonyms.text(ruled) : ruled;
      const same = body === line.body ? line : {...line, body, bytes: Buffer.byteLength(body)};
      yield pseudonyms ? {...same, ...renamed(line, pseudonyms), file: pseudonyms.text(line.file)} : same;
    }
  };
}

function renamed({key, source}: CollectorLine, pseudonyms: Pseudonyms): {key: string; source: string} {
  return {key: pseudonyms.text(key), source: pseudonyms.text(source)};
}
