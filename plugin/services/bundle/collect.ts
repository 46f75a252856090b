import {suspicionOf} from '../../../src/checks/confirm.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {ResourceMap} from '../../../src/kube/resources.ts';
import {RESOURCES} from '../../../src/kube/resources.ts';
import {windowsPods} from '../../../src/kube/pods.ts';
import type {WantedLog} from '../../../src/logs/wanted.ts';
import {allLogs, logsToRead} from '../../../src/logs/wanted.ts';
import type {Pseudonyms} from '../../../src/redact/pseudonyms/pseudonyms.ts';
import {EXIT} from '../../../src/report/exit.ts';
import type {ExitCode} from '../../../src/report/exit.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {encrypterFor} from '../../age/keys.ts';
import {writeDiscovery} from '../../bundle/discovery.ts';
import {ObjectWriter} from '../../bundle/objects.ts';
import {writePodLogs} from '../../bundle/pod-logs.ts';
import {UserError} from '../../errors.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import {HttpApiStreams} from '../../kube/api-streams.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {loadLive} from '../../kube/load-live.ts';
import {durationMs} from '../../kube/request-timeout.ts';
import {StatusLine} from '../../terminal.ts';
import {accessOptions, requestLog} from '../access.ts';
import {assertNamed, scopeOf} from '../read-snapshot.ts';
import {confirmMs} from '../look-again.ts';
import type {Diagnosis} from '../present.ts';
import type {BundleFlags} from './flags.ts';
import {diagnosisOf, finish, judged, writeOwnFiles} from './finish.ts';
import {writeNodes} from './nodes.ts';
import {renamingOf} from './pseudonyms.ts';
import {readRules} from './rules.ts';
import {writeSecondLook} from './second-look.ts';
import {spoolFor} from './spool-for.ts';

/** What became of a bundle. */
export interface Collected {
  archive: string;
  files: number;
  objects: number;
  redactions: number;
  missing: readonly ManifestGap[];
  exitCode: ExitCode;
}

/**
 * Collects a support bundle. Stopped at any moment, it packs what is there and says what is not. Throws a `UserError` or
 * `ExternalError` where nothing can be read, or the archive cannot be written.
 */
export async function collectBundle(flags: BundleFlags, signal: AbortSignal): Promise<Collected> {
  const scope = scopeOf(flags);
  const access = loadKubeconfig(accessOptions(flags));
  const log = requestLog(flags.verbose);
  const {removals, rules} = await readRules(flags.redactor);
  const encrypter = await encrypterFor(flags);
  const started = new Date();
  const archive =
    flags['output-file'] ?? `kubectl-win-bundle-${stampOf(started)}.tar.gz${encrypter ? '.age' : ''}`;
  const afterMs = confirmMs(flags.confirm);
  const sinceTime = sinceTimeOf(flags.since, started);
  const spool = spoolFor(archive, rules);
  const status = new StatusLine();
  const objects = new ObjectWriter(spool);
  const renaming = renamingOf(flags.pseudonyms, access);
  const agents = {
    access,
    choice: flags.agent,
    allowExec: flags['allow-exec'] ?? false,
    removals,
    renaming,
    scope,
    signal,
    log,
  };
  const missing: ManifestGap[] = [];
  try {
    const snapshot = await unlessStopped(signal, () =>
      loadLive({
        ...scope,
        access,
        signal,
        raw: renaming ? renaming.noting(objects) : objects,
        ...(log && {log}),
        progress: ({objects: read, done, total}) =>
          status.show(`reading ${access.name}: ${read} objects, ${done} of ${total} kinds`),
      }),
    );
    objects.end();
    if (snapshot) assertNamed(snapshot, scope);
    missing.push(...(snapshot ? gapsOf(snapshot) : stoppedKinds(objects)));
    if (snapshot && !signal.aborted) {
      const reader = new HttpApiReader(access, {...(log && {log})});
      const gaps = await unlessStopped(signal, () => writeDiscovery(reader, spool, signal));
      await reader.close();
      missing.push(...(gaps ?? []));
    }
    const pseudonyms = renaming?.pseudonyms();
    if (pseudonyms) spool.rename(pseudonyms);
    if (snapshot && !signal.aborted) {
      const names = new Set(itemsOf(snapshot, 'nodes').map(node => node.metadata.name));
      const gaps = await unlessStopped(signal, () =>
        writeNodes({...agents, spool, names, progress: text => status.show(text)}),
      );
      missing.push(...(gaps ?? []));
    }
    if (snapshot && !signal.aborted && flags.logs !== 'none') {
      const streams = new HttpApiStreams(access);
      const wanted = logsOf(snapshot, flags.logs);
      try {
        const limits = {tail: flags.tail, sinceTime, maxBytes: flags['max-log-bytes']};
        const progress = (done: number): void => status.show(`reading logs: ${done} of ${wanted.length}`);
        missing.push(...(await writePodLogs(wanted, {streams, spool, limits, signal, progress})));
      } finally {
        await streams.close();
      }
    }
    const time = snapshot?.source.collectedAt ?? rfc3339(started.getTime());
    const cluster = pseudonyms?.any(access.name) ?? access.name;
    const own = {spool, archive, time, cluster, missing, snapshot, pseudonyms};
    let first: Diagnosis | undefined;
    if (snapshot && !signal.aborted && afterMs > 0) {
      writeOwnFiles(own);
      first = await judged(spool.folder);
      const suspicion = suspicionOf(first.judgement);
      if (suspicion.nodes.size > 0 && !signal.aborted) {
        const suspected = pseudonyms
          ? {...suspicion, nodes: realNames(suspicion.nodes, snapshot, pseudonyms)}
          : suspicion;
        const gaps = await unlessStopped(signal, () =>
          writeSecondLook({...agents, suspicion: suspected, afterMs, spool, status}),
        );
        missing.push(...(gaps ?? []));
      }
    }
    // From here on it is whole: who stops it now stops nothing.
    const stopped = signal.aborted;
    if (stopped) missing.push(first ? NOT_CONFIRMED : NOT_JUDGED);
    status.show('packing');
    const report = stopped ? first : snapshot && (await diagnosisOf(own));
    await finish({...own, encrypter, report});
    const found = spool.redactions().reduce((sum, {count}) => sum + count, 0);
    const exitCode = stopped
      ? EXIT.interrupted
      : flags.strict && missing.length > 0
        ? EXIT.incomplete
        : EXIT.ok;
    return {
      archive,
      files: spool.paths().length,
      objects: objects.objects,
      redactions: found,
      missing,
      exitCode,
    };
  } finally {
    status.clear();
    spool.close();
  }
}

const NOT_JUDGED: ManifestGap = {
  what: 'doctor.json',
  reason: 'failed',
  detail: 'the collection was stopped before it was judged; `kubectl win doctor --from` judges what is there',
};

/** The nodes that pseudonyms stand for. */
function realNames(nodes: ReadonlySet<string>, snapshot: Snapshot, pseudonyms: Pseudonyms): Set<string> {
  const names = itemsOf(snapshot, 'nodes').map(node => node.metadata.name);
  return new Set(names.filter(name => nodes.has(pseudonyms.text(name))));
}

/** The first look is whole and judged then: its report is what is known. */
const NOT_CONFIRMED: ManifestGap = {
  what: 'secondLook',
  reason: 'failed',
  detail:
    'the collection was stopped before the second look (`--confirm`) was taken: what is suspected stays so',
};

function gapsOf(snapshot: Snapshot): ManifestGap[] {
  return RESOURCES.flatMap(({key}) => {
    const evidence = evidenceOf(snapshot, key);
    if (!evidence.ok) return [{what: key, reason: evidence.reason, detail: evidence.detail}];
    const {partial} = evidence;
    return partial ? [{what: key, reason: partial.reason, detail: partial.detail, partial: true}] : [];
  });
}

function stoppedKinds(objects: ObjectWriter): ManifestGap[] {
  return RESOURCES.filter(({key}) => !objects.done.has(key)).map(({key}) => ({
    what: key,
    reason: 'failed',
    detail: 'the collection was stopped before it was read',
  }));
}

function logsOf(snapshot: Snapshot, which: 'few' | 'all'): WantedLog[] {
  if (which === 'all') return allLogs(itemsOf(snapshot, 'pods'));
  const workloads = evidenceOf(snapshot, 'workloads');
  if (!workloads.ok) return [];
  const context = {
    nodes: evidenceOf(snapshot, 'nodes'),
    runtimeClasses: evidenceOf(snapshot, 'runtimeClasses'),
  };
  return logsToRead(windowsPods(workloads.value, context)).wanted;
}

function itemsOf<K extends 'nodes' | 'pods'>(snapshot: Snapshot, key: K): ResourceMap[K] | [] {
  const evidence = evidenceOf(snapshot, key);
  return evidence.ok ? evidence.value : [];
}

function stampOf(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(':', '_');
}

function sinceTimeOf(since: string | undefined, now: Date): string | undefined {
  if (since === undefined) return undefined;
  const ms = durationMs(since);
  if (ms === undefined)
    throw new UserError(`--since ${since} is no duration such as 30m or 2h`, {
      code: 'bad-flag',
      exitCode: EXIT.usage,
    });
  return rfc3339(now.getTime() - ms);
}

/** Runs a step; what it throws when the user has stopped it counts as stopped. */
async function unlessStopped<T>(signal: AbortSignal, step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!signal.aborted) throw error;
    return undefined;
  }
}
