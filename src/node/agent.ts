import {fields, flag, integer, list, text} from '../kube/shape.ts';
import type {Reader} from '../kube/shape.ts';
import type {AgentOs} from '../protocol/names.ts';
import type {Missing, MissingReason} from '../snapshot/evidence.ts';
import {missing} from '../snapshot/evidence.ts';

/** Where a bundle keeps how a node's agent was reached, below `host-collectors/<node>/<os>/`. */
export const CONTACT_FILE = 'agent.json';

/** Where it keeps what became of each file. */
export const COLLECTION_FILE = 'collection.json';

/** One way to an agent that was tried and failed. */
export interface TransportFailure {
  /** `port-forward`, `exec`, `node-proxy`, or `pod` where there is no running pod to go to. */
  transport: string;
  reason: string;
  detail: string;
}

/** How a node's agent was reached, or that it was not. */
export interface AgentContact {
  os: AgentOs;
  /** Whether it answered by any transport. */
  reached: boolean;
  transport?: string;
  /** Version of the plugin that asked. */
  client?: string;
  /** Version of the agent's program. */
  version?: string;
  /** Version of the protocol that it speaks. */
  protocol?: string;
  /** The node's clock less the API server's, milliseconds. */
  offsetMs?: number;
  /** How long the answer took by which the clock was read: the offset may be wrong by half of it. */
  roundTripMs?: number;
  /** Transports that failed, in the order in which they were tried. */
  failures: TransportFailure[];
}

const os: Reader<AgentOs> = value => (value === 'windows' || value === 'linux' ? value : undefined);

const contactShape = fields<AgentContact>(
  {
    os,
    reached: flag,
    transport: text,
    client: text,
    version: text,
    protocol: text,
    offsetMs: integer,
    roundTripMs: integer,
    failures: list(
      fields<TransportFailure>(
        {transport: text, reason: text, detail: text},
        {transport: '', reason: 'failed', detail: ''},
      ),
    ),
  },
  {os: 'windows', reached: false, failures: []},
);

/** Reads a contact file. */
export function readContact(value: unknown): AgentContact | undefined {
  return contactShape(value, '', undefined);
}

/** What became of one file of a node (`collection.json`, CONTRACT §4.2). */
export interface CollectionEntry {
  key: string;
  ok: boolean;
  reason?: string;
  detail?: string;
}

const entryShape = fields<CollectionEntry>(
  {key: text, ok: flag, reason: text, detail: text},
  {key: '', ok: false},
);

/** Reads `collection.json`. */
export function readCollection(value: unknown): CollectionEntry[] {
  return list(entryShape)(value, '', undefined) ?? [];
}

const REASONS: readonly MissingReason[] = ['unsupported', 'denied', 'timeout', 'failed', 'not-requested'];

/** A reason as this version knows it; what newer agents write counts as `failed`. */
export function knownReason(reason: string | undefined): MissingReason {
  return REASONS.find(r => r === reason) ?? 'failed';
}

/** Why an agent that no transport led to told nothing: the same live and from a bundle. */
export function unreached(contact: AgentContact | undefined): Missing | undefined {
  if (!contact || contact.reached || contact.failures.length === 0) return undefined;
  const reasons = contact.failures.map(f => knownReason(f.reason));
  const reason = reasons.every(r => r === 'denied')
    ? 'denied'
    : reasons.includes('timeout')
      ? 'timeout'
      : 'failed';
  return missing(reason, contact.failures.map(f => `${f.transport}: ${f.detail}`).join('; '));
}
