import {randomBytes} from 'node:crypto';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import {NODE_KEYS} from '../../../src/node/evidence.ts';
import type {SnapshotRequest} from '../../../src/protocol/snapshot-request.ts';
import {NameBook} from '../../../src/redact/pseudonyms/book.ts';
import type {NameList} from '../../../src/redact/pseudonyms/names.ts';
import type {PseudonymKind} from '../../../src/redact/pseudonyms/kinds.ts';
import {Pseudonyms} from '../../../src/redact/pseudonyms/pseudonyms.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Access} from '../../kube/access.ts';
import type {RawObjects} from '../../kube/raw-objects.ts';

/** An agent takes bodies of 256 KiB; what finds no room is replaced here, when it comes. */
const MAX_SENT = 200 * 1024;

/** The pseudonyms of one run: their key, which is kept nowhere, and the names that they are made for. */
export class Renaming {
  readonly book = new NameBook();
  readonly #kinds: readonly PseudonymKind[];
  readonly #key = randomBytes(32).toString('hex');

  constructor(kinds: readonly PseudonymKind[]) {
    this.#kinds = kinds;
  }

  /** Takes note of objects on their way to `next`. */
  noting(next: RawObjects): RawObjects {
    return {
      add: (key, items) => {
        for (const item of items) this.book.add(key, item);
        next.add(key, items);
      },
      forget: (key, namespace) => next.forget(key, namespace),
      finish: key => next.finish(key),
    };
  }

  /** With the names that are known by now. */
  pseudonyms(): Pseudonyms {
    return new Pseudonyms({key: this.#key, kinds: this.#kinds, names: this.book.list()});
  }

  /** What agents are told, so that they make the same. */
  request(): Pick<SnapshotRequest, 'pseudonymKey' | 'pseudonyms' | 'names'> {
    const {hosts, objects} = this.book.list();
    const names = this.#kinds.includes('names') ? fitting({hosts, objects}) : {hosts: [], objects: []};
    return {pseudonymKey: this.#key, pseudonyms: [...this.#kinds], names};
  }
}

/** The renaming that flags ask for. The server's own name is one of the names, where it has one. */
export function renamingOf(
  kinds: readonly PseudonymKind[] | undefined,
  access?: Access,
): Renaming | undefined {
  if (!kinds || kinds.length === 0) return undefined;
  const renaming = new Renaming(kinds);
  const host = access && URL.parse(access.server)?.hostname;
  if (host && host !== 'localhost') renaming.book.addHost(host);
  return renaming;
}

/** Gaps as they are told in a bundle with pseudonyms. */
export function renamedGaps(gaps: readonly ManifestGap[], pseudonyms: Pseudonyms | undefined): ManifestGap[] {
  if (!pseudonyms) return [...gaps];
  return gaps.map(gap => ({
    ...gap,
    what: pseudonyms.text(gap.what),
    ...(gap.node !== undefined && {node: pseudonyms.text(gap.node)}),
    detail: pseudonyms.text(gap.detail),
  }));
}

/** Takes note of all names in a capture. */
export function noteNames(book: NameBook, snapshot: Snapshot): void {
  for (const {key} of RESOURCES) {
    const evidence = evidenceOf(snapshot, key);
    for (const item of evidence.ok ? evidence.value : []) book.add(key, item);
  }
  for (const key of NODE_KEYS) {
    const evidence = evidenceOf(snapshot, key);
    if (evidence.ok) for (const node of evidence.value.keys()) book.addHost(node);
  }
  const sandboxes = evidenceOf(snapshot, 'node.cri.sandboxes');
  for (const ofNode of sandboxes.ok ? sandboxes.value.values() : [])
    for (const {name, namespace} of ofNode.ok ? ofNode.value : [])
      book.add('pods', {metadata: {name, namespace}});
}

/** Nodes come first; of the others as many as there is room for. */
function fitting({hosts, objects}: NameList): NameList {
  let room = MAX_SENT;
  const fits = (name: string): boolean => (room -= name.length + 3) > 0;
  return {hosts: hosts.filter(fits), objects: objects.filter(fits)};
}
