import {suspicionOf} from '../../../src/checks/confirm.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import {EXIT} from '../../../src/report/exit.ts';
import type {ExitCode} from '../../../src/report/exit.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {rfc3339} from '../../../src/snapshot/time.ts';
import {encrypterFor} from '../../age/keys.ts';
import {writeDiscovery} from '../../bundle/discovery.ts';
import {ObjectWriter} from '../../bundle/objects.ts';
import {Estimate} from '../../bundle/estimate.ts';
import {keepHeapSmall} from '../../heap.ts';
import {HttpApiReader} from '../../kube/api-reader.ts';
import {loadKubeconfig} from '../../kube/kubeconfig.ts';
import {loadLive} from '../../kube/load-live.ts';
import {StatusLine} from '../../terminal.ts';
import {accessOptions} from '../access.ts';
import {assertNamed, scopeOf} from '../read-snapshot.ts';
import {confirmMs} from '../look-again.ts';
import type {Diagnosis} from '../present.ts';
import type {BundleFlags} from './flags.ts';
import {orFullDisk} from './full-disk.ts';
import {diagnosisOf, finish, judged, writeOwnFiles} from './finish.ts';
import {renamingOf} from './pseudonyms.ts';
import {readRules} from './rules.ts';
import {writeSecondLook} from './second-look.ts';
import {collectStages} from './stages.ts';
import {unlessStopped} from './unless-stopped.ts';
import {gapsOf, realNames, stoppedKinds} from './wanted.ts';
import {archiveFor, begin, maxBytesOf, notesOf, sinceTimeOf} from './begin.ts';

/** What became of a bundle. */
export interface Collected {
  archive: string;
  files: number;
  objects: number;
  redactions: number;
  missing: readonly ManifestGap[];
  /** What the user should know of this run, a sentence each. */
  notes: readonly string[];
  exitCode: ExitCode;
}

/**
 * Collects a support bundle. Stopped at any moment, it packs what is there and says what is not. Throws a `UserError` or
 * `ExternalError` where nothing can be read, or the archive cannot be written.
 */
export async function collectBundle(flags: BundleFlags, interrupted: AbortSignal): Promise<Collected> {
  keepHeapSmall();
  const scope = scopeOf(flags);
  const access = loadKubeconfig(accessOptions(flags));
  const {removals, rules} = await readRules(flags.redactor);
  const encrypter = await encrypterFor(flags);
  const started = new Date();
  const archive = archiveFor(flags, started);
  const afterMs = confirmMs(flags.confirm);
  const sinceTime = sinceTimeOf(flags.since, started);
  const maxBytes = maxBytesOf(flags['max-size']);
  const {spool, ...kept} = await begin(flags, {archive, rules, signal: interrupted});
  const full = new AbortController();
  spool.disk.onFull(fault => full.abort(fault));
  const signal = AbortSignal.any([interrupted, full.signal]);
  const notes = notesOf(spool, archive, kept.nodes.size + kept.logs.size);
  if (flags['node-proxy']) notes.push(FAR_REACHING);
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
  };
  const missing: ManifestGap[] = [];
  const listing = new Estimate();
  try {
    let snapshot = await unlessStopped(signal, () =>
      loadLive({
        ...scope,
        access,
        signal,
        raw: renaming ? renaming.noting(objects) : objects,
        progress: ({objects: read, done, total}) =>
          status.show(
            `reading ${access.name}: ${read} objects, ${done} of ${total} kinds${listing.left(done, total)}`,
          ),
      }),
    );
    objects.end();
    if (snapshot) assertNamed(snapshot, scope);
    missing.push(...(snapshot ? gapsOf(snapshot) : stoppedKinds(objects)));
    if (snapshot && !signal.aborted) {
      const reader = new HttpApiReader(access);
      const gaps = await unlessStopped(signal, () => writeDiscovery(reader, spool, signal));
      await reader.close();
      missing.push(...(gaps ?? []));
    }
    const pseudonyms = renaming?.pseudonyms();
    if (pseudonyms) spool.rename(pseudonyms);
    missing.push(...(await collectStages(snapshot, {flags, agents, spool, kept, sinceTime, status})));
    const time = snapshot?.source.collectedAt ?? rfc3339(started.getTime());
    const cluster = pseudonyms?.any(access.name) ?? access.name;
    const version = snapshot && evidenceOf(snapshot, 'version');
    const own = {spool, archive, time, cluster, missing, version, pseudonyms};
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
    const cause = full.signal.aborted ? `${String(full.signal.reason)}: ` : '';
    if (stopped) missing.push(because(cause, first ? NOT_CONFIRMED : NOT_JUDGED));
    status.show('packing');
    const isJudged = snapshot !== undefined && !stopped;
    // What is judged is read from the bundle itself: of a large cluster there is no room for both.
    snapshot = undefined;
    if (isJudged) first = undefined;
    const report = isJudged ? await diagnosisOf(own) : first;
    await finish({...own, encrypter, report, maxBytes});
    const found = spool.redactions().reduce((sum, {count}) => sum + count, 0);
    const incomplete = flags.strict && missing.length > 0 ? EXIT.incomplete : EXIT.ok;
    const exitCode = stopped && interrupted.aborted ? EXIT.interrupted : incomplete;
    return {
      archive,
      files: spool.paths().length,
      objects: objects.objects,
      redactions: found,
      missing,
      notes: stopped ? [...notes, `${cause}stopped; ${howToGoOn(archive, encrypter !== undefined)}`] : notes,
      exitCode,
    };
  } catch (error) {
    throw orFullDisk(error, spool, archive);
  } finally {
    status.clear();
    spool.close();
  }
}

/** Nobody but who can decrypt it can go on with what is encrypted, and that is not who collects. */
function howToGoOn(archive: string, isEncrypted: boolean): string {
  return isEncrypted
    ? 'what was read is packed and encrypted, so the rest can only be collected anew'
    : `\`kubectl win bundle --resume ${archive}\` with the same flags goes on`;
}

const FAR_REACHING =
  'nodes/proxy is a far-reaching right: who may GET it may run commands in every pod of the node';

const NOT_JUDGED: ManifestGap = {
  what: 'doctor.json',
  reason: 'failed',
  detail: 'the collection was stopped before it was judged; `kubectl win doctor --from` judges what is there',
};

/** The first look is whole and judged then: its report is what is known. */
const NOT_CONFIRMED: ManifestGap = {
  what: 'secondLook',
  reason: 'failed',
  detail:
    'the collection was stopped before the second look (`--confirm`) was taken: what is suspected stays so',
};

function because(cause: string, gap: ManifestGap): ManifestGap {
  return {...gap, detail: `${cause}${gap.detail}`};
}
