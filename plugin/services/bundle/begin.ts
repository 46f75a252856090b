import {parseQuantity} from '../../../src/kube/quantity.ts';
import {EXIT} from '../../../src/report/exit.ts';
import type {Rules} from '../../../src/redact/rules/rules.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import type {EncryptFlags} from '../../age/keys.ts';
import {isEncrypted} from '../../age/keys.ts';
import {tidyPartials} from '../../bundle/partial.ts';
import type {Spool} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';
import {durationMs} from '../../kube/request-timeout.ts';
import type {BundleFlags} from './flags.ts';
import type {Resumed} from './resume.ts';
import {archiveOf, resume} from './resume.ts';
import {spoolFor} from './spool-for.ts';

/** Path of the archive that flags ask for. Throws a `UserError` where there is nothing to go on with. */
export function archiveFor(
  flags: EncryptFlags & Pick<BundleFlags, 'output-file' | 'resume'>,
  now: Date,
): string {
  if (flags['output-file'] !== undefined) return flags['output-file'];
  if (flags.resume !== undefined) {
    const archive = archiveOf(flags.resume);
    return isEncrypted(flags) && !archive.endsWith('.age') ? `${archive}.age` : archive;
  }
  return `kubectl-win-bundle-${stampOf(now)}.tar.gz${isEncrypted(flags) ? '.age' : ''}`;
}

function stampOf(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(':', '_');
}

interface Begin {
  archive: string;
  rules: Rules | undefined;
  signal: AbortSignal;
}

/** Begins a bundle, or goes on with one. */
export async function begin(flags: BundleFlags, {archive, rules, signal}: Begin): Promise<Resumed> {
  const {resume: from, pseudonyms} = flags;
  const options = {rules, isEncrypted: isEncrypted(flags)};
  if (from === undefined) return {spool: spoolFor(archive, options), nodes: new Set(), logs: new Map()};
  if (pseudonyms?.length)
    throw new UserError('--pseudonyms cannot go on with what has none: leave out --resume, or --pseudonyms', {
      code: 'bad-flag',
      exitCode: EXIT.usage,
    });
  return resume(from, {archive, signal, ...options});
}

/** What the user should know before the bundle is read: what is there already, and what lies about. */
export function notesOf(spool: Spool, archive: string, kept: number): string[] {
  const others = tidyPartials(archive).filter(root => root !== spool.root);
  return [
    ...(kept > 0 ? [`${kept} nodes and logs were there already`] : []),
    ...others.map(
      root =>
        `${root} is of a collection that was cut off: \`kubectl win bundle --resume ${root}\` goes on with it`,
    ),
  ];
}

/** The time that `--since` means. Throws a `UserError` where it is no duration. */
export function sinceTimeOf(since: string | undefined, now: Date): string | undefined {
  if (since === undefined) return undefined;
  const ms = durationMs(since);
  if (ms === undefined)
    throw new UserError(`--since ${since} is no duration such as 30m or 2h`, {
      code: 'bad-flag',
      exitCode: EXIT.usage,
    });
  return rfc3339(now.getTime() - ms);
}

/** Bytes that `--max-size` means. Throws a `UserError` where it is no number of bytes. */
export function maxBytesOf(size: string | undefined): number | undefined {
  if (size === undefined) return undefined;
  const bytes = parseQuantity(size);
  if (bytes !== undefined && bytes >= 1) return Math.floor(bytes);
  throw new UserError(`--max-size ${size} is no number of bytes`, {
    code: 'bad-flag',
    fix: ['write it as 20M or 20Mi'],
    exitCode: EXIT.usage,
  });
}
