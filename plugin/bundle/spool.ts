import {createHash} from 'node:crypto';
import type {Hash} from 'node:crypto';
import {appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {ManifestFile, Redaction} from '../../src/bundle/own-files.ts';
import type {Counts} from '../../src/redact/edit.ts';
import {addCounts} from '../../src/redact/edit.ts';
import type {Pseudonyms} from '../../src/redact/pseudonyms/pseudonyms.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import type {Rules} from '../../src/redact/rules/rules.ts';
import {readLines} from './tail-file.ts';

/** A file that is being written. */
interface Open {
  bytes: number;
  hash: Hash;
  source: string;
  tookMs: number;
  redactions: Map<string, number>;
}

/** Where writers put things down: a spool, or a part of it under paths of its own. */
export type Shelf = Pick<Spool, 'file' | 'redact' | 'append' | 'remove' | 'has'>;

/**
 * The folder in which a bundle grows, beside the archive that it becomes, so that both are on one disk. Whatever is put down has
 * been redacted. Readable by its owner only.
 */
export class Spool {
  /** The only folder in it: the bundle's own. */
  readonly folder: string;
  readonly name: string;
  readonly rules: Rules | undefined;
  readonly #root: string;
  readonly #files = new Map<string, Open>();
  #pseudonyms: Pseudonyms | undefined;
  #taken = 0;

  constructor(archive: string, rules?: Rules) {
    this.#root = mkdtempSync(join(dirname(resolve(archive)), '.kubectl-win-bundle-'));
    this.name = basename(archive).replace(/\.(?:tar\.gz|tgz)(?:\.age)?$/, '');
    this.folder = join(this.#root, this.name);
    this.rules = rules;
    mkdirSync(this.folder);
  }

  /** From here on everything that is put down gets pseudonyms, and so does what is there already. */
  rename(pseudonyms: Pseudonyms): void {
    const before = this.files();
    const counts = new Map(before.map(({path}) => [path, this.#open(path).redactions]));
    const taken = before.map(file => ({...file, from: this.takeOut(file.path)}));
    this.#pseudonyms = pseudonyms;
    for (const {path, from, source, tookMs} of taken) {
      const own: Counts = new Map(counts.get(path));
      this.append(path, '', {});
      for (const lines of readLines(from)) this.append(path, pseudonyms.text(lines, own), {});
      this.append(path, '', {...(source !== undefined && {source}), ...(tookMs && {tookMs}), counts: own});
      rmSync(from);
    }
  }

  /** Redacts a whole file and puts it down. Pseudonyms of addresses are those of who wrote it, where `hasPseudonyms`. */
  file(path: string, text: string, facts: {source: string; tookMs?: number; hasPseudonyms?: boolean}): void {
    const counts: Counts = new Map();
    const redacted = this.#ruled(path, text, counts);
    const named = facts.hasPseudonyms
      ? this.#pseudonyms?.names(redacted, counts)
      : this.#pseudonyms?.text(redacted, counts);
    this.remove(path);
    this.append(path, named ?? redacted, {...facts, counts});
  }

  /** Redacts text that is a whole by itself, by our rules and then by the user's. */
  redact(path: string, text: string, counts: Counts): string {
    return this.#named(this.#ruled(path, text, counts), counts);
  }

  /** Does to whole lines of a log, which our rules have been applied to, what the user wants. */
  passed(path: string, lines: string, counts: Counts): string {
    return this.#named(this.rules?.apply(path, lines, counts) ?? lines, counts);
  }

  #ruled(path: string, text: string, counts: Counts): string {
    const {text: redacted, counts: own} = redactFile(path, text);
    addCounts(counts, own);
    return this.rules ? this.rules.apply(path, redacted, counts) : redacted;
  }

  #named(text: string, counts?: Counts): string {
    return this.#pseudonyms?.text(text, counts) ?? text;
  }

  /** Puts redacted text at the end of a file. */
  append(
    path: string,
    text: string | Uint8Array,
    facts: {source?: string; tookMs?: number; counts?: Counts},
  ): void {
    const at = this.#named(path);
    const open = this.#open(at);
    const bytes = Buffer.from(text);
    if (facts.source !== undefined) open.source = this.#named(facts.source);
    open.tookMs += facts.tookMs ?? 0;
    if (facts.counts) addCounts(open.redactions, facts.counts);
    open.bytes += bytes.length;
    open.hash.update(bytes);
    appendFileSync(join(this.folder, at), bytes, {mode: 0o600});
  }

  /** Takes a file out again; answers where it now lies: on the same disk, until the spool is closed. */
  takeOut(path: string): string {
    const file = join(this.#root, `out-${this.#taken++}`);
    const at = this.#named(path);
    renameSync(join(this.folder, at), file);
    this.#files.delete(at);
    return file;
  }

  /** Forgets a file, if there is one. */
  remove(path: string): void {
    const at = this.#named(path);
    if (this.#files.delete(at)) rmSync(join(this.folder, at));
  }

  /** Bytes of a file so far. */
  bytesOf(path: string): number {
    return this.#files.get(this.#named(path))?.bytes ?? 0;
  }

  has(path: string): boolean {
    return this.#files.has(this.#named(path));
  }

  /** A part of it: whatever is put there stands under the path that `move` gives. */
  under(move: (path: string) => string): Shelf {
    return {
      file: (path, text, facts) => this.file(move(path), text, facts),
      redact: (path, text, counts) => this.redact(move(path), text, counts),
      append: (path, text, facts) => this.append(move(path), text, facts),
      remove: path => this.remove(move(path)),
      has: path => this.has(move(path)),
    };
  }

  /** Paths of all files, sorted. */
  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** All files with what the manifest says of them. */
  files(): (ManifestFile & {bytes: number})[] {
    return this.paths().map(path => {
      const {bytes, hash, source, tookMs, redactions} = this.#open(path);
      const all = [...redactions.values()].reduce((sum, times) => sum + times, 0);
      return {
        path,
        bytes,
        sha256: hash.copy().digest('hex'),
        source,
        tookMs: Math.round(tookMs),
        redactions: all,
      };
    });
  }

  /** What was taken out of which file. */
  redactions(): Redaction[] {
    return this.paths().flatMap(file =>
      [...this.#open(file).redactions]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([rule, count]) => ({rule, file, count})),
    );
  }

  /** Removes the folder with all that is in it. */
  close(): void {
    rmSync(this.#root, {recursive: true, force: true});
  }

  #open(path: string): Open {
    let open = this.#files.get(path);
    if (!open) {
      mkdirSync(dirname(join(this.folder, path)), {recursive: true, mode: 0o700});
      open = {bytes: 0, hash: createHash('sha256'), source: '', tookMs: 0, redactions: new Map()};
      this.#files.set(path, open);
    }
    return open;
  }
}
