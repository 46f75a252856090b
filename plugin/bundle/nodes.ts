import {jsonText} from '../../src/bundle/own-files.ts';
import type {ManifestGap} from '../../src/capture/manifest.ts';
import type {AgentContact} from '../../src/node/agent.ts';
import {COLLECTION_FILE, CONTACT_FILE} from '../../src/node/agent.ts';
import type {NodeSink} from '../../src/node/intake.ts';
import {nodePath} from '../../src/node/paths.ts';
import type {CollectorLine} from '../../src/protocol/lines.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {Missing} from '../../src/snapshot/evidence.ts';
import {compareText} from '../../src/text/compare.ts';
import type {Shelf} from './spool.ts';

type Entry = Omit<CollectorLine, 'file' | 'body'>;

interface NodeState {
  readonly os: AgentOs;
  contact?: AgentContact;
  lost?: Missing;
  readonly entries: Entry[];
}

/** Puts down what agents send, file by file; of a node it keeps what became of each file until the node has ended. */
export class NodeWriter implements NodeSink {
  readonly #spool: Shelf;
  readonly #nodes = new Map<string, NodeState>();
  readonly #ended = new Set<string>();

  constructor(spool: Shelf) {
    this.#spool = spool;
  }

  expect(node: string, os: AgentOs): void {
    this.#nodes.set(node, {os, entries: []});
  }

  contact(node: string, contact: AgentContact): void {
    const state = this.#state(node);
    state.contact = contact;
    // What is known of its clock is known when the last line has come.
    if (this.#ended.has(node)) this.#write(node, state);
  }

  take(node: string, line: CollectorLine): void {
    const {os, entries} = this.#state(node);
    if (!line.ok) {
      entries.push(line);
      return;
    }
    const {file, body, ...entry} = line;
    entries.push(entry);
    const facts = {source: line.source, tookMs: line.tookMs, hasPseudonyms: true};
    this.#spool.file(nodePath(node, os, file), body, facts);
  }

  lost(node: string, gap: Missing): void {
    this.#state(node).lost ??= gap;
  }

  /** States that a node sends no more. */
  end(node: string): void {
    this.#ended.add(node);
    this.#write(node, this.#state(node));
  }

  hasEnded(node: string): boolean {
    return this.#ended.has(node);
  }

  /** Whether all came that its agent could give. */
  isWhole(node: string): boolean {
    const {contact, lost} = this.#state(node);
    return this.#ended.has(node) && contact?.reached === true && !lost;
  }

  /** States that no node sends more; answers what is missing of which. */
  endAll(): ManifestGap[] {
    for (const node of this.#nodes.keys()) if (!this.#ended.has(node)) this.end(node);
    return [...this.#nodes]
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([node, {lost}]) =>
        lost ? [{what: 'node.agent', node, reason: lost.reason, detail: lost.detail}] : [],
      );
  }

  #write(node: string, {os, contact, entries}: NodeState): void {
    const own = {source: 'the agent'};
    if (contact) this.#spool.file(nodePath(node, os, CONTACT_FILE), jsonText(contact), own);
    const sorted = entries.toSorted((a, b) => compareText(a.key, b.key));
    const collection = {...own, hasPseudonyms: true};
    this.#spool.file(nodePath(node, os, COLLECTION_FILE), jsonText(sorted), collection);
  }

  #state(node: string): NodeState {
    const known = this.#nodes.get(node);
    if (known) return known;
    const state: NodeState = {os: 'windows', entries: []};
    this.#nodes.set(node, state);
    return state;
  }
}
