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
import {EXIT} from '../../../src/report/exit.ts';
import type {Evidence} from '../../../src/snapshot/evidence.ts';
import type {EvidenceMap} from '../../../src/snapshot/snapshot.ts';
import {TooLarge, writeArchive} from '../../bundle/archive.ts';
import {diskFault} from '../../bundle/disk-fault.ts';
import {fitInto} from '../../bundle/fit.ts';
import type {Spool} from '../../bundle/spool.ts';
import {UserError} from '../../errors.ts';
import {toolVersion} from '../../version.ts';
import {judgeCapture} from './judge-capture.ts';
import {renamedGaps} from './pseudonyms.ts';
import type {Diagnosis} from '../present.ts';
import {REPORT_FILES, writeReports} from './reports.ts';

/** What a bundle says of itself is made of. */
export interface OwnFiles {
  spool: Spool;
  archive: string;
  time: string;
  cluster: string;
  missing: readonly ManifestGap[];
  /** What the API server says of itself, where it was asked. */
  version: Evidence<EvidenceMap['version']> | undefined;
  pseudonyms?: Pseudonyms | undefined;
}

/** How a bundle is packed. */
export interface Finish extends Omit<OwnFiles, 'missing'> {
  /** What is left out to keep to `maxBytes` is put to it. */
  missing: ManifestGap[];
  report: Diagnosis | undefined;
  encrypter: Encrypter | undefined;
  maxBytes: number | undefined;
}

/** Shares of the room that are tried: what is packed together is smaller than its parts are, as a rule. */
const SHARES = [1, 0.95, 0.8, 0.5];

/**
 * Writes what a bundle says of itself and its report, where there is one, and packs it. What has no room is left out, and what is left
 * is judged anew. Throws a `UserError` where there is no room for what must be there.
 */
export async function finish({report, encrypter, maxBytes, ...own}: Finish): Promise<void> {
  const {spool, archive, time, missing} = own;
  let judgedNow = report;
  for (const share of [undefined, ...SHARES]) {
    if (share !== undefined && maxBytes !== undefined) {
      const gaps = await fitInto(spool, maxBytes * share);
      if (!gaps) break;
      for (const gap of gaps) putGap(missing, gap);
      for (const path of REPORT_FILES) spool.remove(path);
      judgedNow = report && (await diagnosisOf(own));
    }
    writeOwnFiles(own);
    if (judgedNow) {
      await writeReports(spool, judgedNow, basename(archive));
      writeManifest(own);
    }
    const packing = {archive, time: new Date(time), encrypter, maxBytes};
    try {
      await writeArchive(spool, packing);
      return;
    } catch (error) {
      if (diskFault(error) !== undefined && maxBytes === undefined) {
        spool.disk.release();
        await writeArchive(spool, {...packing, frees: true});
        return;
      }
      if (!(error instanceof TooLarge)) throw error;
    }
  }
  throw new UserError(`--max-size leaves no room even for what has no logs: ${archive} was not written`, {
    code: 'max-size',
    fix: ['give it more, or fewer nodes: `--max-size 50M`, `--node NAME`'],
    exitCode: EXIT.usage,
  });
}

/** A file is told once, by what is true of it in the end. */
function putGap(missing: ManifestGap[], gap: ManifestGap): void {
  const known = missing.findIndex(({what}) => what === gap.what);
  if (known === -1) missing.push(gap);
  else missing[known] = gap;
}

const OWN = {source: 'kubectl win'};

/** With these the folder can be read as a bundle. */
export function writeOwnFiles(own: OwnFiles): void {
  const {spool, version} = own;
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

/** Judges the bundle as it lies there, for all that it holds of itself. */
export function judged(folder: string): Promise<Diagnosis> {
  return judgeCapture(folder, {signal: new AbortController().signal, output: 'html'});
}

/** Judges what was collected as `doctor --from` would. */
export async function diagnosisOf(own: OwnFiles): Promise<Diagnosis> {
  writeOwnFiles(own);
  return judged(own.spool.folder);
}
