import type {BundleManifest} from '../capture/manifest.ts';

/** Files of a bundle that are none of its evidence (CONTRACT §4). */
export const MANIFEST_FILE = 'kubectl-win/manifest.json';
export const DOCTOR_FILE = 'kubectl-win/doctor.json';
export const ANALYSIS_FILE = 'analysis.json';
export const REPORT_FILE = 'kubectl-win/report.html';
export const REDACTIONS_FILE = 'kubectl-win/redactions.json';
export const VERSION_FILE = 'version.yaml';
export const CLUSTER_VERSION_FILE = 'cluster-info/cluster_version.json';

/** One file of a bundle, as its manifest lists it. */
export type ManifestFile = BundleManifest['files'][number];

/** How often a rule took something out of a file. */
export interface Redaction {
  rule: string;
  file: string;
  count: number;
}

/** The manifest of a bundle; files are sorted by their paths. */
export function manifestOf(facts: Omit<BundleManifest, 'apiVersion' | 'kind'>): BundleManifest {
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'BundleManifest',
    ...facts,
    files: facts.files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** `version.yaml`, by which troubleshoot knows a support bundle. */
export const VERSION_YAML =
  'apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nspec:\n  versionNumber: v0.133.0\n';

/** JSON as files of a bundle are written. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
