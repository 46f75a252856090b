import {basename} from 'node:path';
import {MANIFEST_FILE, REDACTIONS_FILE, jsonText, manifestOf} from '../../../src/bundle/own-files.ts';
import type {Redaction} from '../../../src/bundle/own-files.ts';
import {decodeText} from '../../../src/capture/decode.ts';
import type {TextEncoding} from '../../../src/capture/decode.ts';
import type {PseudonymKind} from '../../../src/redact/pseudonyms/kinds.ts';
import type {Counts} from '../../../src/redact/edit.ts';
import {EXIT} from '../../../src/report/exit.ts';
import {millis} from '../../../src/snapshot/time.ts';
import type {EncryptFlags} from '../../age/keys.ts';
import {encrypterFor} from '../../age/keys.ts';
import {writeArchive} from '../../bundle/archive.ts';
import {Storable} from '../../bundle/storable.ts';
import {UserError} from '../../errors.ts';
import {loadSnapshotFrom} from '../../capture/load.ts';
import {noteNames, renamedGaps, renamingOf} from './pseudonyms.ts';
import {judged} from './finish.ts';
import {openBundle} from './open-bundle.ts';
import {REPORT_FILES, writeReports} from './reports.ts';
import {readRules} from './rules.ts';
import {spoolFor} from './spool-for.ts';

/** What is wrong with a file: one clause. */
interface Lack {
  path: string;
  why: string;
}

/** What became of a capture. */
export interface RedactedBundle {
  files: number;
  redactions: readonly Redaction[];
  /** Files that were left out. */
  left: Lack[];
  /** Files of which not all could be read. */
  cut: Lack[];
  /** What of the capture itself could not be read: a sentence each. */
  notes: string[];
}

/** Flags of `bundle redact`. */
export interface RedactFlags extends EncryptFlags {
  'output-file'?: string | undefined;
  redactor?: string[] | undefined;
  identity?: string[] | undefined;
  pseudonyms?: readonly PseudonymKind[] | undefined;
}

/**
 * Writes any capture anew without its secrets, as a `.tar.gz` of the same layout. Files that are no text, and those
 * whose names not every system takes, are left out. Throws a
 * `UserError` where it cannot be read or written.
 */
export async function redactBundle(
  path: string,
  flags: RedactFlags,
  signal: AbortSignal,
): Promise<RedactedBundle> {
  const archive = flags['output-file'];
  if (archive === undefined)
    throw new UserError('say where to write: `--output-file FILE`', {code: 'bad-flag', exitCode: EXIT.usage});
  const {rules} = await readRules(flags.redactor);
  const encrypter = await encrypterFor(flags);
  const {files, listed, root, manifest, notes} = await openBundle(path, {
    signal,
    identities: flags.identity ?? [],
  });
  const renaming = renamingOf(flags.pseudonyms);
  if (renaming)
    noteNames(
      renaming.book,
      (await loadSnapshotFrom(path, {signal, identities: flags.identity ?? []})).snapshot,
    );
  const pseudonyms = renaming?.pseudonyms();
  const spool = spoolFor(archive, {rules, isEncrypted: encrypter !== undefined});
  if (pseudonyms) spool.rename(pseudonyms);
  const left: Lack[] = [];
  const cut: Lack[] = [];
  const storable = new Storable();
  // A report points into files by the order of names, which is another afterwards: it is made anew.
  const reports = pseudonyms
    ? REPORT_FILES.filter(file => listed.some(({path: at}) => at === root + file))
    : [];
  const own = new Set([MANIFEST_FILE, REDACTIONS_FILE, ...reports].map(file => root + file));
  try {
    for await (const {path: at, bytes, problem} of files.read(new Set(listed.map(file => file.path)))) {
      signal.throwIfAborted();
      if (own.has(at)) continue;
      // What lies above the layout's own folder stands beside it.
      const name = at.startsWith(root) ? at.slice(root.length) : at;
      const {text, encoding} = decodeText(bytes);
      const why = text.includes('\0') ? 'it is no text' : storable.fault(name);
      if (why !== undefined) {
        left.push({path: name, why});
        continue;
      }
      if (problem !== undefined) cut.push({path: name, why: problem});
      const counts: Counts = new Map();
      const redacted = spool.redact(name, text, counts);
      const source = manifest?.files.find(file => file.path === name)?.source ?? path;
      spool.append(name, redacted === text ? bytes : encode(redacted, encoding), {source, counts});
    }
    const redactions = spool.redactions();
    spool.append(REDACTIONS_FILE, jsonText(redactions), {source: 'kubectl win'});
    if (manifest) {
      const missing = [
        ...manifest.missing,
        ...left.map(({path: what, why}) => ({what, reason: 'unsupported', detail: `bundle redact: ${why}`})),
        ...cut.map(({path: what, why}) => ({what, reason: 'failed', detail: `bundle redact: ${why}`})),
      ];
      const {tool, time} = manifest;
      const {name} = manifest.cluster;
      const cluster = name === undefined ? {} : {name: pseudonyms?.any(name) ?? name};
      const write = (): void => {
        spool.remove(MANIFEST_FILE);
        const facts = {tool, time, cluster, files: spool.files(), missing: renamedGaps(missing, pseudonyms)};
        spool.append(MANIFEST_FILE, jsonText(manifestOf(facts)), {source: 'kubectl win'});
      };
      write();
      if (reports.length > 0) {
        await writeReports(spool, await judged(spool.folder), basename(archive));
        write();
      }
    }
    const time = millis(manifest?.time) ?? Date.now();
    await writeArchive(spool, {archive, time: new Date(time), encrypter});
    return {files: spool.paths().length, redactions, left, cut, notes: [...notes]};
  } finally {
    spool.close();
  }
}

/** Writes a text as it was written before, but for OEM code pages, which become UTF-8. */
function encode(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return Buffer.from(text);
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}
