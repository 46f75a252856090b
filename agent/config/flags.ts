import {parseArgs} from 'node:util';
import {UsageError} from './usage.ts';

/**
 * Reads `--name value` flags of the given names; every one is a text, and the last of two counts. Throws a
 * {@link UsageError}.
 */
export function readFlags<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  try {
    const {values} = parseArgs({
      args: [...args],
      options: Object.fromEntries(names.map(name => [name, {type: 'string'}])),
      strict: true,
      allowPositionals: false,
    });
    // Strict parsing gives the names that were declared, each a text.
    return values as Partial<Record<Name, string>>;
  } catch (error) {
    const [reason = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new UsageError(`${reason}; the flags are ${names.map(name => `--${name}`).join(' ')}`);
  }
}
