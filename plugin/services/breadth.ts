import type {SeenBy} from '../../src/checks/by-node.ts';
import type {Area, Check} from '../../src/checks/define.ts';
import type {Scope} from '../../src/snapshot/scope.ts';
import {scopeSnapshot, selectsNodes} from '../../src/snapshot/scope.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {assertNamed, chosenNodes} from './read-snapshot.ts';

/** What is on a node by these is there because of pods, Services and nodes elsewhere. */
const OF_THE_NETWORK: ReadonlySet<Area> = new Set(['HNS', 'SVC', 'CNI']);

/** How much is read for what a user asked, and how much of it each check sees. */
export interface Breadth {
  /** What is read. */
  readonly scope: Scope;
  /**
   * Nodes that were chosen of more than those; undefined: what was read is what was asked for. Throws a `UserError` where one
   * does not exist.
   */
  readonly chosen: (api: Snapshot) => ReadonlySet<string> | undefined;
  /** What was asked for, of what was read. */
  readonly narrow: (read: Snapshot) => Snapshot;
  /** What checks that look at more than one node are judged by. */
  readonly seenBy: (read: Snapshot) => SeenBy;
}

/** Everything is read, and only what is told is narrowed. */
export function wholly(scope: Scope): Breadth {
  return {
    scope: {},
    chosen: api => named(api, scope),
    narrow: read => read,
    seenBy: read => () => read,
  };
}

/**
 * As much as a scope says; but where nodes were chosen, what stands on one of them is judged by everything of the API, as by
 * `hns check`. Checks of workloads keep to the pods of those nodes.
 */
export function breadthFor(scope: Scope, checks: readonly Check[]): Breadth {
  if (!selectsNodes(scope) || !checks.some(needsWhole))
    return {scope, chosen: () => undefined, narrow: read => read, seenBy: read => () => read};
  const {nodes: _nodes, nodeSelector: _nodeSelector, ...rest} = scope;
  const narrow = (read: Snapshot): Snapshot => scopeSnapshot(read, scope);
  return {
    scope: rest,
    chosen: api => named(api, scope),
    narrow,
    seenBy: read => {
      const narrowed = narrow(read);
      return check => (needsWhole(check) ? read : narrowed);
    },
  };
}

function named(api: Snapshot, scope: Scope): ReadonlySet<string> | undefined {
  assertNamed(api, scope);
  return chosenNodes(api, scope);
}

function needsWhole({perNode, area}: Check): boolean {
  return perNode === true || OF_THE_NETWORK.has(area);
}
