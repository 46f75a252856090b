import {createHash} from 'node:crypto';
import type {Hash} from 'node:crypto';
import {appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {basename, dirname, join, resolve} from 'node:path';
import type {ManifestFile, Redaction} from '../../src/bundle/own-files.ts';
import type {Counts} from '../../src/redact/edit.ts';
import {addCounts} from '../../src/redact/edit.ts';
import {redactFile} from '../../src/redact/redact-file.ts';
import type {Rules} from '../../src/redact/rules/rules.ts';

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
  #taken = 0;

  constructor(archive: string, rules?: Rules) {
    this.#root = mkdtempSync(join(dirname(resolve(archive)), '.kubectl-win-bundle-'));
    this.name = basename(archive).replace(/\.(?:tar\.gz|tgz)(?:\.age)?$/, '');
    this.folder = join(this.#root, this.name);
    this.rules = rules;
    mkdirSync(this.folder);
  }

  /** Redacts a whole file and puts it down. */
  file(path: string, text: string, facts: {source: string; tookMs?: number}): void {
    const counts: Counts = new Map();
    const redacted = this.redact(path, text, counts);
    this.remove(path);
    this.append(path, redacted, {...facts, counts});
  }

  /** Redacts text that is a whole by itself, by our rules and then by the user's. */
  redact(path: string, text: string, counts: Counts): string {
    const {text: redacted, counts: own} = redactFile(path, text);
    addCounts(counts, own);
    return this.rules ? this.rules.apply(path, redacted, counts) : redacted;
  }

  /** Puts redacted text at the end of a file. */
  append(
    path: string,
    text: string | Uint8Array,
    facts: {source?: string; tookMs?: number; counts?: Counts},
  ): void {
    const open = this.#open(path);
    const bytes = Buffer.from(text);
    open.source = facts.source ?? open.source;
    open.tookMs += facts.tookMs ?? 0;
    if (facts.counts) addCounts(open.redactions, facts.counts);
    open.bytes += bytes.length;
    open.hash.update(bytes);
    appendFileSync(join(this.folder, path), bytes, {mode: 0o600});
  }

  /** Takes a file out again; answers where it now lies: on the same disk, until the spool is closed. */
  takeOut(path: string): string {
    const file = join(this.#root, `out-${this.#taken++}`);
    renameSync(join(this.folder, path), file);
    this.#files.delete(path);
    return file;
  }

  /** Forgets a file, if there is one. */
  remove(path: string): void {
    if (this.#files.delete(path)) rmSync(join(this.folder, path));
  }

  /** Bytes of a file so far. */
  bytesOf(path: string): number {
    return this.#files.get(path)?.bytes ?? 0;
  }

  has(path: string): boolean {
    return this.#files.has(path);
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
