import {basename} from 'node:path';
import type {Encrypter} from 'age-encryption';
import {
  jsonText,
  CLUSTER_VERSION_FILE,
  MANIFEST_FILE,
  REDACTIONS_FILE,
  VERSION_FILE,
  VERSION_YAML,
  manifestOf,
} from '../../../src/bundle/own-files.ts';
import type {ManifestGap} from '../../../src/capture/manifest.ts';
import type {Pseudonyms} from '../../../src/redact/pseudonyms/pseudonyms.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {writeArchive} from '../../bundle/archive.ts';
import type {Spool} from '../../bundle/spool.ts';
import {toolVersion} from '../../version.ts';
import {renamedGaps} from './pseudonyms.ts';
import {diagnose} from '../diagnose.ts';
import type {Diagnosis} from '../present.ts';
import {writeReports} from './reports.ts';

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

/** Writes what a bundle says of itself and its report, where there is one, and packs it. */
export async function finish({
  report,
  encrypter,
  ...own
}: OwnFiles & {report: Diagnosis | undefined; encrypter: Encrypter | undefined}): Promise<void> {
  const {spool, archive, time} = own;
  writeOwnFiles(own);
  if (report) {
    writeReports(spool, report, basename(archive));
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
export function judged(folder: string): Promise<Diagnosis> {
  const flags = {
    from: folder,
    agent: 'never',
    profile: 'support',
    confirm: '0',
    // Its page has pictures.
    output: 'html',
    verbose: 0,
  } as const;
  return diagnose(flags, new AbortController().signal);
}

/** Judges what was collected as `doctor --from` would. */
export async function diagnosisOf(own: OwnFiles): Promise<Diagnosis> {
  writeOwnFiles(own);
  return judged(own.spool.folder);
}
