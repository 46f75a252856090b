import {basename} from 'node:path';
import type {Encrypter} from 'age-encryption';
import {
  jsonText,
  CLUSTER_VERSION_FILE,
  DOCTOR_FILE,
  MANIFEST_FILE,
  REDACTIONS_FILE,
  VERSION_FILE,
  VERSION_YAML,
  manifestOf,
} from '../../../src/bundle/own-files.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {Pseudonyms} from '../../../src/redact/pseudonyms/pseudonyms.ts';
import {buildReport} from '../../../src/report/build.ts';
import {renderJson} from '../../../src/report/json.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {writeArchive} from '../../bundle/archive.ts';
import type {Spool} from '../../bundle/spool.ts';
import {toolVersion} from '../../version.ts';
import {renamedGaps} from './pseudonyms.ts';
import {diagnose} from '../diagnose.ts';

/** What a bundle says of itself is made of. */
export interface OwnFiles {
  spool: Spool;
  archive: string;
  time: string;
  cluster: string;
  missing: readonly ManifestGap[];
  snapshot: Snapshot | undefined;
  pseudonyms?: Pseudonyms | undefined;
}

/** Writes what a bundle says of itself, judges it as `doctor --from` would, and packs it. */
export async function finish({
  judge,
  encrypter,
  ...own
}: OwnFiles & {judge: boolean; encrypter: Encrypter | undefined}): Promise<void> {
  const {spool, archive, time} = own;
  writeOwnFiles(own);
  if (judge) {
    spool.append(DOCTOR_FILE, await reportOf(spool.folder, basename(archive)), OWN);
    writeManifest(own);
  }
  await writeArchive(spool, {archive, time: new Date(time), encrypter});
}

const OWN = {source: 'kubectl win'};

/** With these the folder can be read as a bundle. */
export function writeOwnFiles(own: OwnFiles): void {
  const {spool, snapshot} = own;
  const version = snapshot ? evidenceOf(snapshot, 'version') : undefined;
  if (version?.ok)
    spool.file(CLUSTER_VERSION_FILE, jsonText({info: version.value, string: version.value.gitVersion}), {
      source: 'GET /version',
    });
  spool.file(VERSION_FILE, VERSION_YAML, OWN);
  spool.file(REDACTIONS_FILE, jsonText(spool.redactions()), OWN);
  writeManifest(own);
}

function writeManifest({spool, time, cluster, missing, pseudonyms}: OwnFiles): void {
  spool.remove(MANIFEST_FILE);
  const files = spool.files().filter(({path}) => path !== MANIFEST_FILE);
  const facts = {
    tool: {version: toolVersion()},
    time,
    cluster: {name: cluster},
    files,
    missing: renamedGaps(missing, pseudonyms),
  };
  spool.append(MANIFEST_FILE, jsonText(manifestOf(facts)), OWN);
}

/** Judges the bundle as it lies there: the same evidence that everybody reads who gets it. */
export function judged(folder: string): ReturnType<typeof diagnose> {
  const flags = {
    from: folder,
    agent: 'never',
    profile: 'support',
    confirm: '0',
    output: 'json',
    verbose: 0,
  } as const;
  return diagnose(flags, new AbortController().signal);
}

/** The report of the bundle. */
async function reportOf(folder: string, name: string): Promise<string> {
  const {snapshot, judgement, locate, timings} = await judged(folder);
  const named = {...snapshot, source: {...snapshot.source, name}};
  return renderJson(buildReport(named, judgement, {version: toolVersion(), timings}, locate));
}
