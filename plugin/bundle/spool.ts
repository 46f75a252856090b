import {createHash} from 'node:crypto';
import type {Hash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {ManifestFile, Redaction} from '../../src/bundle/own-files.ts';
import type {Counts} from '../../src/redact/edit.ts';
import {addCounts} from '../../src/redact/edit.ts';
import type {Pseudonyms} from '../../src/redact/pseudonyms/pseudonyms.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import type {Rules} from '../../src/redact/rules/rules.ts';
import {Disk} from './disk.ts';
import type {KeptFile, Unit} from './journal.ts';
import {journalLine} from './journal.ts';
import {JOURNAL, claim, makePartial, takeOver} from './partial.ts';
import {lineAfter, readLines, readPart} from './tail-file.ts';

/** A file that is being written. */
interface Open {
  bytes: number;
  hash: Hash;
  source: string;
  tookMs: number;
  redactions: Map<string, number>;
}

/** How a bundle grows. */
export interface SpoolOptions {
  rules?: Rules | undefined;
  /** A folder of a process that is gone, to go on in. */
  resumed?: string | undefined;
  /** The archive will be encrypted: nothing is left behind to go on with. */
  isEncrypted?: boolean;
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
  /** The folder that goes when the bundle is done. */
  readonly root: string;
  readonly disk: Disk;
  readonly #isEncrypted: boolean;
  readonly #files = new Map<string, Open>();
  #pseudonyms: Pseudonyms | undefined;
  #taken = 0;
  #isKept = false;

  constructor(archive: string, {rules, resumed, isEncrypted = false}: SpoolOptions = {}) {
    this.root = resumed ?? makePartial(archive, isEncrypted);
    if (resumed !== undefined) claim(resumed, archive, isEncrypted);
    this.#isEncrypted = isEncrypted;
    this.name = basename(archive).replace(/(?:\.tar\.gz|\.tgz)?(?:\.age)?$/, '');
    this.folder = join(this.root, this.name);
    this.rules = rules;
    if (resumed === undefined) mkdirSync(this.folder);
    else takeOver(this.root, this.folder);
    this.disk = new Disk(this.root);
  }

  /** Has the folder stay when it is closed, where there is something in it to go on with; answers whether there is. */
  keep(): boolean {
    this.#isKept = existsSync(join(this.root, JOURNAL));
    return this.#isKept;
  }

  /** Takes note that something is whole: who goes on after an end by force need not read it again. */
  whole(unit: Omit<Unit, 'files'>, paths: readonly string[]): void {
    // The key of pseudonyms is kept nowhere, so nobody can go on with them; and what is to be encrypted is not kept plainly.
    if (this.#pseudonyms || this.#isEncrypted) return;
    const files = paths.filter(path => this.#files.has(path)).map(path => this.#kept(path));
    this.disk.append(join(this.root, JOURNAL), Buffer.from(journalLine({...unit, files})));
  }

  /** Takes up a file that lies in the folder already, where it is what it was; answers whether it is. */
  restore({path, bytes, sha256, source, tookMs, redactions}: KeptFile): boolean {
    const at = join(this.folder, path);
    if (!existsSync(at)) return false;
    const hash = createHash('sha256');
    for (const piece of readPart({file: at, from: 0})) hash.update(piece);
    if (hash.copy().digest('hex') !== sha256) return false;
    this.#files.set(path, {bytes, hash, source, tookMs, redactions: new Map(redactions)});
    return true;
  }

  /** Removes what lies in the folder and was not taken up. */
  sweep(): void {
    for (const entry of readdirSync(this.folder, {recursive: true, withFileTypes: true})) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && !this.#files.has(path.slice(this.folder.length + 1))) rmSync(path);
    }
    rmSync(join(this.root, JOURNAL), {force: true});
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
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    if (facts.source !== undefined) open.source = this.#named(facts.source);
    open.tookMs += facts.tookMs ?? 0;
    if (facts.counts) addCounts(open.redactions, facts.counts);
    this.disk.append(join(this.folder, at), bytes);
    open.bytes += bytes.length;
    open.hash.update(bytes);
  }

  /** Takes a file out again; answers where it now lies: on the same disk, until the spool is closed. */
  takeOut(path: string): string {
    const file = join(this.root, `out-${this.#taken++}`);
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

  /** Leaves only the last whole lines of a file of {@link paths} that have so many bytes; answers how many stay. None: it goes. */
  shorten(stored: string, keep: number): number {
    const file = join(this.folder, stored);
    const open = this.#files.get(stored);
    if (!open) return 0;
    const from = keep > 0 ? lineAfter(file, Math.max(0, open.bytes - keep)) : undefined;
    this.#files.delete(stored);
    if (from === undefined) {
      rmSync(file);
      return 0;
    }
    const whole = join(this.root, `out-${this.#taken++}`);
    renameSync(file, whole);
    const next = {...open, bytes: 0, hash: createHash('sha256')};
    for (const piece of readPart({file: whole, from})) {
      next.bytes += piece.length;
      next.hash.update(piece);
      this.disk.append(file, piece);
    }
    this.#files.set(stored, next);
    rmSync(whole);
    return next.bytes;
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

  /** Paths of the files below a folder. */
  below(folder: string): string[] {
    return [...this.#files.keys()].filter(path => path.startsWith(folder));
  }

  /** Removes the folder with all that is in it, unless it is kept. */
  close(): void {
    if (!this.#isKept) rmSync(this.root, {recursive: true, force: true});
  }

  #kept(path: string): KeptFile {
    const {bytes, hash, source, tookMs, redactions} = this.#open(path);
    return {path, bytes, sha256: hash.copy().digest('hex'), source, tookMs, redactions: [...redactions]};
  }

  #open(path: string): Open {
    let open = this.#files.get(path);
    if (!open) {
      this.disk.guarded(() => mkdirSync(dirname(join(this.folder, path)), {recursive: true, mode: 0o700}));
      open = {bytes: 0, hash: createHash('sha256'), source: '', tookMs: 0, redactions: new Map()};
      this.#files.set(path, open);
    }
    return open;
  }
}
