import type {CollectorLine} from '../protocol/lines.ts';
import type {AgentOs} from '../protocol/names.ts';
import type {SnapshotAssembler} from '../snapshot/assemble.ts';
import type {Collected, Evidence, Missing} from '../snapshot/evidence.ts';
import {collected, missing} from '../snapshot/evidence.ts';
import {compareText} from '../text/compare.ts';
import type {AgentContact, CollectionEntry} from './agent.ts';
import {COLLECTION_FILE, CONTACT_FILE, knownReason, readCollection, readContact, unreached} from './agent.ts';
import type {CollectionGap} from './collection.ts';
import type {NodeKey, PerNode} from './evidence.ts';
import {NODE_KEYS} from './evidence.ts';
import {evidenceOfFile, evidenceOfKey, isFileKey, isOf} from './files.ts';
import {readJson} from './json.ts';
import type {NodeNews, TakeNews} from './news.ts';
import type {FileKey, NodeReading} from './readings.ts';
import {NODE_READINGS} from './readings.ts';
import type {NodeText} from './text.ts';

/** What an agent that was asked sends, or what became of it: who talks to agents fills one of these. */
export interface NodeSink {
  /** States that a node's agent is asked; what it does not send is missing. */
  expect(node: string, os: AgentOs): void;
  /** How a node's agent was reached, or that no transport led to it. */
  contact(node: string, contact: AgentContact): void;
  /** One line of the answer of a node's agent. */
  take(node: string, line: CollectorLine): void;
  /** States that no more will come from a node: what did not arrive is missing for this reason. */
  lost(node: string, gap: Missing): void;
}

/** What is known of one node: plain data, which threads can send each other. */
export interface NodeState {
  os: AgentOs;
  values: Map<FileKey, unknown>;
  gaps: Map<FileKey, Missing>;
  contact?: AgentContact;
  collection: {key: string; missing?: Missing}[];
  lost?: Missing;
}

/**
 * Takes in what agents send, file by file and in any order, and reads it at once, so that only what checks need stays in
 * memory. A bundle's files of nodes go through it, too.
 */
export class NodeIntake implements NodeSink {
  readonly #nodes = new Map<string, NodeState>();
  readonly #diverted = new Map<string, TakeNews | undefined>();
  #choose: ((node: string) => TakeNews | undefined) | undefined;
  readonly #wanted: ReadonlySet<string> | undefined;

  /** `wanted`: the evidence that was asked for; the rest counts as not requested. Everything where absent. */
  constructor(wanted?: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** Whether no node was announced. */
  get isEmpty(): boolean {
    return this.#nodes.size === 0;
  }

  expect(node: string, os: AgentOs): void {
    this.tell(node, {of: 'expect', os});
  }

  contact(node: string, contact: AgentContact): void {
    this.tell(node, {of: 'contact', contact});
  }

  take(node: string, line: CollectorLine): void {
    this.tell(node, {of: 'line', line});
  }

  /** Takes a file of a node, as a bundle holds it: what was collected, how the agent was reached, what is missing. */
  file(node: string, file: NodeText): void {
    this.tell(node, {of: 'file', file});
  }

  /** States why a file of a node, or evidence of it by its key (`node.services`), is not there. */
  without(node: string, what: string, gap: Missing): void {
    this.tell(node, {of: 'without', what, gap});
  }

  lost(node: string, gap: Missing): void {
    this.tell(node, {of: 'lost', gap});
  }

  /** The same as the methods above, as data. */
  tell(node: string, news: NodeNews): void {
    const elsewhere = this.#elsewhere(node, news);
    if (elsewhere) {
      elsewhere(news);
      return;
    }
    switch (news.of) {
      case 'expect':
        this.#state(node, news.os).os = news.os;
        return;
      case 'contact':
        this.#state(node, news.contact.os).contact = news.contact;
        return;
      case 'line':
        this.#take(node, news.line);
        return;
      case 'file':
        this.#file(node, news.file);
        return;
      case 'without':
        this.#without(node, news.what, news.gap);
        return;
      case 'lost':
        this.#state(node).lost ??= news.gap;
        return;
      default:
        news satisfies never;
    }
  }

  /**
   * Has others take nodes in: `choose` is asked of each before the first that it tells itself, and all that is told of it goes where
   * that says, until what is known there is adopted.
   */
  divert(choose: (node: string) => TakeNews | undefined): void {
    this.#choose = choose;
  }

  /** Everything that is known of a node, for another intake to adopt. */
  stateOf(node: string): NodeState {
    return this.#state(node);
  }

  /** Takes over what another intake knows of a node. */
  adopt(node: string, state: NodeState): void {
    this.#diverted.set(node, undefined);
    this.#nodes.set(node, state);
  }

  #elsewhere(node: string, {of}: NodeNews): TakeNews | undefined {
    if (!this.#choose || this.#diverted.has(node)) return this.#diverted.get(node);
    if (of !== 'contact' && of !== 'line' && of !== 'file') return undefined;
    const chosen = this.#choose(node);
    this.#diverted.set(node, chosen);
    const known = this.#nodes.get(node);
    if (known) chosen?.({of: 'expect', os: known.os});
    return chosen;
  }

  #take(node: string, line: CollectorLine): void {
    const {collection} = this.#state(node);
    const gap = line.reason === undefined ? undefined : missing(line.reason, line.detail ?? '');
    collection.push({key: line.key, ...(gap && {missing: gap})});
    if (!line.ok) this.#miss(node, line.key, missing(line.reason, line.detail));
    else this.#file(node, {file: line.file, text: line.body, ...(gap && {partial: gap})});
  }

  #file(node: string, file: NodeText): void {
    if (file.file === CONTACT_FILE) {
      const contact = readContact(readJson(file.text).value);
      if (contact) this.#state(node, contact.os).contact = contact;
      return;
    }
    if (file.file === COLLECTION_FILE) {
      for (const entry of readCollection(readJson(file.text).value)) this.#collected(node, entry);
      return;
    }
    const {values, gaps} = this.#state(node);
    for (const key of evidenceOfFile(file.file)) {
      if (!this.#wants(key)) continue;
      const {value, gap} = READINGS[key].take(values.get(key), file);
      if (value !== undefined) values.set(key, value);
      if (gap && !gaps.has(key)) gaps.set(key, gap);
    }
  }

  #without(node: string, what: string, gap: Missing): void {
    const {gaps} = this.#state(node);
    for (const key of isFileKey(what) ? [what] : evidenceOfFile(what)) {
      if (!gaps.has(key)) gaps.set(key, gap);
    }
  }

  #collected(node: string, entry: CollectionEntry): void {
    const {collection} = this.#state(node);
    const gap =
      entry.ok && entry.reason === undefined
        ? undefined
        : missing(knownReason(entry.reason), entry.detail ?? '');
    collection.push({key: entry.key, ...(gap && {missing: gap})});
    if (!entry.ok && gap) this.#miss(node, entry.key, gap);
  }

  /** States that no node sends more. */
  loseAll(gap: Missing): void {
    for (const node of this.#nodes.keys()) this.lost(node, gap);
  }

  /** Puts everything into a Snapshot. Without any node nothing is put: nobody was asked. */
  into(assembler: SnapshotAssembler): void {
    for (const [key, evidence] of this.evidence()) assembler.set(key, evidence);
  }

  /** The same for a Snapshot that is made already. */
  evidence(): [NodeKey, Collected<PerNode<never>>][] {
    if (this.isEmpty) return [];
    return this.#evidenceOf([...this.#nodes.keys()].sort(compareText));
  }

  /** The evidence of one node, from which nothing more will come. */
  evidenceOfNode(node: string): [NodeKey, Collected<PerNode<never>>][] {
    return this.#evidenceOf([node]);
  }

  /** Forgets evidence of a node. */
  letGo(node: string, keys: ReadonlySet<NodeKey>): void {
    const {values, gaps} = this.#state(node);
    for (const key of keys) {
      if (isFileKey(key) && values.delete(key)) gaps.set(key, LET_GO);
    }
  }

  #evidenceOf(names: readonly string[]): [NodeKey, Collected<PerNode<never>>][] {
    return NODE_KEYS.map(key => {
      const perNode = new Map(names.map(name => [name, this.#evidence(name, key)]));
      // `#evidence` gives for each key what `NodeFacts` declares for it.
      return [key, collected(perNode as PerNode<never>)];
    });
  }

  #evidence(node: string, key: NodeKey): Evidence<unknown> {
    const state = this.#state(node);
    const lost = unreached(state.contact) ?? state.lost;
    if (key === 'node.agent') {
      return state.contact ? collected(state.contact) : (lost ?? missing('not-requested', NO_CONTACT));
    }
    if (key === 'node.collection') {
      return state.collection.length === 0 && lost ? lost : collected(gapsOf(state));
    }
    if (!isFileKey(key)) throw new TypeError(`${String(key)} is made of no files`);
    if (!this.#wants(key)) return missing('not-requested', `${key} was not asked for`);
    if (!isOf(state.os, key))
      return missing('unsupported', `${state.os} has no ${key.slice('node.'.length)}`);
    const value = state.values.get(key);
    const gap = state.gaps.get(key);
    const {finish} = READINGS[key];
    if (value !== undefined && finish) return finish(value);
    if (value !== undefined) {
      return collected(value, gap ?? (READINGS[key].several ? lost : undefined));
    }
    const {none} = READINGS[key];
    if (none !== undefined && !gap && !lost && state.contact) return collected(none);
    return gap ?? lost ?? missing('failed', `the agent sent nothing of ${key.slice('node.'.length)}`);
  }

  #miss(node: string, of: string, gap: Missing): void {
    const {values, gaps} = this.#state(node);
    for (const key of evidenceOfKey(of)) {
      if (!this.#wants(key)) continue;
      // A collector that is named itself gave nothing at all.
      const value = of.includes('.') ? READINGS[key].miss?.(values.get(key), of, gap) : undefined;
      if (value !== undefined) values.set(key, value);
      else if (!gaps.has(key)) gaps.set(key, gap);
    }
  }

  #wants(key: FileKey): boolean {
    return this.#wanted?.has(key) ?? true;
  }

  #state(node: string, os: AgentOs = 'windows'): NodeState {
    const known = this.#nodes.get(node);
    if (known) return known;
    const state: NodeState = {os, values: new Map(), gaps: new Map(), collection: []};
    this.#nodes.set(node, state);
    return state;
  }
}

const LET_GO = missing('not-requested', 'it was judged and not kept');
const NO_CONTACT = 'how the agent was reached was not written down';

/** Files are taken by the reading of their key, which is given back what it gave before. */
const READINGS: Readonly<Record<FileKey, NodeReading<unknown, unknown>>> = NODE_READINGS;

/** What could not be collected, with its place among all entries sorted by key. */
function gapsOf({collection}: NodeState): CollectionGap[] {
  return [...collection]
    .sort((a, b) => compareText(a.key, b.key))
    .flatMap(({key, missing: gap}, index) => (gap ? [{key, index, missing: gap}] : []));
}
