import type {Facts, HnsFacts} from '../inventory/hns/diff.ts';
import {factDifferences, hnsFacts, unseenOn} from '../inventory/hns/diff.ts';
import type {NodeKey} from '../node/evidence.ts';
import {valueOn} from '../node/on-node.ts';
import type {Snapshot} from '../snapshot/snapshot.ts';
import {evidenceOf} from '../snapshot/snapshot.ts';
import type {Change} from './change.ts';

/** What of a node is no matter of HNS, and where it comes from. */
const OTHERS: readonly (readonly [string, NodeKey])[] = [
  ['agent', 'node.agent'],
  ['containerd', 'node.cri.version'],
  ['hotfix', 'node.system'],
  ['feature', 'node.system'],
  ['boot', 'node.system'],
  ['service', 'node.services'],
];

/** Of HNS, what is told as a version. */
const VERSIONS: ReadonlySet<string> = new Set(['HNS', 'Windows', 'agent', 'containerd']);

/** What a node is compared with itself by. */
export interface NodeFacts {
  readonly own: HnsFacts;
  readonly balancers: HnsFacts;
}

const BALANCER = 'load balancer';
/** Different sets of load balancers that are looked through; a fleet has a few, of nodes that are behind. */
const MAX_SETS = 16;

/** Keeps what many nodes have alike once: load balancers are thousands of facts, and the same on all nodes in order. */
export class FactPool {
  readonly #sets: Facts[] = [];

  of(facts: Facts): Facts {
    const known = this.#sets.find(set => isSame(set, facts));
    if (known) return known;
    if (this.#sets.length < MAX_SETS) this.#sets.push(facts);
    return facts;
  }
}

function isSame(a: Facts, b: Facts): boolean {
  if (a.size !== b.size) return false;
  for (const [key, {value}] of a) if (b.get(key)?.value !== value) return false;
  return true;
}

/** What a node is compared with itself by. */
export function nodeFacts(snapshot: Snapshot, node: string, pool: FactPool): NodeFacts {
  const hns = hnsFacts(snapshot, node);
  const own: Facts = new Map();
  const balancers: Facts = new Map();
  for (const [key, fact] of hns.facts) (fact.what === BALANCER ? balancers : own).set(key, fact);
  addOthers(snapshot, node, (what, name, field, value) =>
    own.set(`${what}\0${name}\0${field}`, {what, name, field, value}),
  );
  return {
    own: {facts: own, unseen: new Map([...hns.unseen, ...unseenOn(snapshot, node, OTHERS)])},
    balancers: {facts: pool.of(balancers), unseen: hns.unseen},
  };
}

function addOthers(
  snapshot: Snapshot,
  node: string,
  add: (what: string, name: string, field: string, value: string) => void,
): void {
  const agent = valueOn(evidenceOf(snapshot, 'node.agent'), node);
  if (agent?.version !== undefined) add('agent', 'version', '', agent.version);
  const cri = valueOn(evidenceOf(snapshot, 'node.cri.version'), node);
  if (cri?.runtimeVersion !== undefined)
    add('containerd', 'version', '', cri.runtimeVersion.replace(/^v/, ''));
  const system = valueOn(evidenceOf(snapshot, 'node.system'), node);
  for (const hotfix of system?.hotfixes ?? []) add('hotfix', hotfix, '', 'installed');
  for (const feature of system?.features ?? []) add('feature', feature, '', 'installed');
  if (system?.bootTime !== undefined) add('boot', 'last boot', '', system.bootTime);
  for (const {name, state, startType} of valueOn(evidenceOf(snapshot, 'node.services'), node) ?? []) {
    add('service', name, 'state', state ?? 'unknown');
    if (startType !== undefined) add('service', name, 'start type', startType);
  }
}

/** What changed on a node. */
export function* nodeChanges(node: string, before: NodeFacts, after: NodeFacts): Generator<Change> {
  const subject = {kind: 'Node', name: node};
  const balancers =
    before.balancers.facts === after.balancers.facts
      ? []
      : factDifferences(before.balancers, after.balancers);
  for (const {what, name, field, values} of [...factDifferences(before.own, after.own), ...balancers]) {
    const [was, is] = values;
    const whole = field === '' || field === 'there';
    if (VERSIONS.has(what)) {
      const label = name === 'version' ? what : `${what} ${name}`;
      yield {
        section: 'version',
        change: 'changed',
        what: label,
        field: null,
        before: was,
        after: is,
        subject,
      };
      continue;
    }
    const isThere = field === 'there' || (field === '' && (was === null || is === null));
    yield {
      section: OTHERS.some(([other]) => other === what) ? 'state' : 'hns',
      change: !isThere ? 'changed' : was === null ? 'added' : 'removed',
      what: `${what} ${name}`,
      field: whole ? null : field,
      before: isThere && was !== null ? null : was,
      after: isThere && is !== null ? null : is,
      subject,
    };
  }
}
