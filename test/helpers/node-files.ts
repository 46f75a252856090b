import type {AgentContact} from '../../src/node/agent.ts';
import type {NodeSink} from '../../src/node/intake.ts';
import {keyOfFile} from '../../src/protocol/collectors.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {missing} from '../../src/snapshot/evidence.ts';
import {NOW} from './raw.ts';
import type {Json} from './raw.ts';

/** What one agent would send: files as values or texts, to change one thing in. */
export class TestNode {
  readonly name: string;
  readonly os: AgentOs;
  readonly #files: Map<string, Json>;
  readonly #missing = new Map<string, Missing>();
  readonly #partial = new Map<string, Missing>();
  #contact: AgentContact | undefined;
  #lost: Missing | undefined;

  constructor(name: string, os: AgentOs, files: Record<string, Json>) {
    this.name = name;
    this.os = os;
    this.#files = new Map(Object.entries(structuredClone(files)));
    this.#contact = {
      os,
      reached: true,
      transport: 'port-forward',
      client: '0.1.0',
      version: '0.1.0',
      protocol: '1',
      offsetMs: 40,
      roundTripMs: 60,
      failures: [],
    };
  }

  /** A file as a value: what is text comes as text. */
  get(file: string): Json {
    const found = this.#files.get(file);
    if (found === undefined) throw new Error(`${this.name} has no ${file}`);
    return found;
  }

  /** Changes a JSON file in place. */
  change(file: string, edit: (value: Json) => void): this {
    edit(this.get(file));
    return this;
  }

  set(file: string, value: Json): this {
    this.#files.set(file, value);
    return this;
  }

  /** A file that the node does not have. */
  remove(file: string): this {
    this.#files.delete(file);
    return this;
  }

  /** Files by path, as texts. */
  get texts(): [string, string][] {
    return [...this.#files].map(([file, value]) => [
      file,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
  }

  /** The same with what a bundle says of them: how the agent was reached, and what became of each file. */
  get bundled(): [string, string][] {
    const entries = [
      ...[...this.#files.keys()].map(file => ({
        key: keyOfFile(file),
        ok: true,
        ...this.#reason(this.#partial, file),
      })),
      ...[...this.#missing.keys()].map(file => ({
        key: keyOfFile(file),
        ok: false,
        ...this.#reason(this.#missing, file),
      })),
    ].sort((a, b) => (a.key < b.key ? -1 : 1));
    return [
      ...this.texts,
      ['agent.json', JSON.stringify(this.#contact)],
      ['collection.json', JSON.stringify(entries)],
    ];
  }

  #reason(gaps: ReadonlyMap<string, Missing>, file: string): object {
    const gap = gaps.get(file);
    return gap ? {reason: gap.reason, detail: gap.detail} : {};
  }

  /** A file, or a whole collector, that could not be had. */
  without(file: string, reason: Missing['reason'] = 'denied', detail = `no right to read ${file}`): this {
    this.#files.delete(file);
    this.#missing.set(file, missing(reason, detail));
    return this;
  }

  /** A file of which only a part came. */
  partly(file: string, reason: Missing['reason'] = 'timeout', detail = `${file} took too long`): this {
    this.#partial.set(file, missing(reason, detail));
    return this;
  }

  contact(change: Partial<AgentContact>): this {
    if (this.#contact) this.#contact = {...this.#contact, ...change};
    return this;
  }

  /** No agent answered, and nothing came. */
  lost(reason: Missing['reason'] = 'timeout', detail = 'the agent did not answer'): this {
    this.#files.clear();
    this.#contact = {os: this.os, reached: false, failures: [{transport: 'port-forward', reason, detail}]};
    this.#lost = missing(reason, detail);
    return this;
  }

  sendTo(sink: NodeSink): void {
    sink.expect(this.name, this.os);
    if (this.#contact) sink.contact(this.name, this.#contact);
    const facts = {tookMs: 1, at: NOW, source: 'test'};
    for (const [file, body] of this.texts) {
      const part = this.#partial.get(file);
      const rest = part && {reason: part.reason, detail: part.detail};
      sink.take(this.name, {
        ok: true,
        key: keyOfFile(file),
        file,
        body,
        bytes: Buffer.byteLength(body),
        ...facts,
        ...rest,
      });
    }
    for (const [file, {reason, detail}] of this.#missing)
      sink.take(this.name, {ok: false, key: keyOfFile(file), reason, detail, ...facts});
    if (this.#lost) sink.lost(this.name, this.#lost);
  }
}
