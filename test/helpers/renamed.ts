import type {ExecutionContext} from 'ava';
import {loadCapture} from '../../src/capture/load.ts';
import type {Check, ProfileName} from '../../src/checks/define.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {judge} from '../../src/checks/engine.ts';
import {resourceOfKind} from '../../src/kube/resources.ts';
import {NameBook} from '../../src/redact/pseudonyms/book.ts';
import {Pseudonyms} from '../../src/redact/pseudonyms/pseudonyms.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {bundleOf} from './bundle-folder.ts';
import {filesOf} from './capture-files.ts';
import type {TestCluster} from './cluster.ts';
import {NOW} from './raw.ts';

const KEY = '5a'.repeat(32);

/** Pseudonyms for the names of a cluster, and for its addresses. */
export function pseudonymsFor(cluster: TestCluster): Pseudonyms {
  const book = new NameBook();
  for (const object of cluster.objects) {
    const resource = resourceOfKind(object.apiVersion, object.kind);
    if (resource) book.add(resource.key, object);
  }
  for (const name of cluster.nodes.keys()) book.addHost(name);
  return new Pseudonyms({key: KEY, kinds: ['names', 'ips'], names: book.list()});
}

/** What a judgement says, without places in files and without order; subjects and causes as `say` puts them. */
function said({fails, problems}: Judgement, say: (text: string) => string): string[] {
  return [
    ...problems.map(problem => JSON.stringify(problem)),
    ...fails.flatMap(({check, fails: found}) =>
      found.map(({subject: {kind, namespace, name}, cause, severity}) =>
        [check.id, kind, say(namespace ?? ''), say(name), say(cause), severity].join(' '),
      ),
    ),
  ].sort();
}

function load(files: ReadonlyMap<string, string>): Promise<{snapshot: Snapshot}> {
  return loadCapture(filesOf(new Map(files)), {fallbackTime: NOW});
}

/** Asserts that a bundle of a cluster is told the same with pseudonyms as without. */
export async function assertSameRenamed(
  t: ExecutionContext,
  cluster: TestCluster,
  checks: readonly Check[],
  profile?: ProfileName,
): Promise<void> {
  const pseudonyms = pseudonymsFor(cluster);
  const files = bundleOf(cluster);
  const renamed = new Map([...files].map(([path, text]) => [pseudonyms.text(path), pseudonyms.text(text)]));
  const before = judge((await load(files)).snapshot, checks, profile);
  const after = judge((await load(renamed)).snapshot, checks, profile);
  t.deepEqual(
    said(after, text => text),
    said(before, text => pseudonyms.text(text)),
    'with pseudonyms it is told the same',
  );
}
