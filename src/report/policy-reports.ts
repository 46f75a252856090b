import {commonLabels} from '../agent-manifests/labels.ts';
import type {Subject} from '../checks/define.ts';
import type {Gap} from '../checks/gaps.ts';
import {apiVersionOf, RESOURCES} from '../kube/resources.ts';
import type {DoctorReport, Finding} from './report.ts';

/** Name of every report that we write: one in each namespace with findings, one for the cluster. */
export const REPORT_NAME = 'kubectl-win-doctor';
const SOURCE = 'kubectl-win';

/** An API that takes results of policies, by the kinds that it has. */
export interface ReportApi {
  readonly group: string;
  readonly version: string;
  readonly namespaced: {readonly kind: string; readonly plural: string};
  readonly cluster: {readonly kind: string; readonly plural: string};
  /** Whether a report says of all its results whose they are. */
  readonly hasSource: boolean;
}

/**
 * The two APIs that there are: OpenReports (https://github.com/openreports/reports-api), and PolicyReport before it
 * (https://github.com/kubernetes-sigs/wg-policy-prototypes), whose results look the same. The first that a cluster has is written to.
 */
export const REPORT_APIS: readonly ReportApi[] = [
  {
    group: 'openreports.io',
    version: 'v1alpha1',
    namespaced: {kind: 'Report', plural: 'reports'},
    cluster: {kind: 'ClusterReport', plural: 'clusterreports'},
    hasSource: true,
  },
  {
    group: 'wgpolicyk8s.io',
    version: 'v1alpha2',
    namespaced: {kind: 'PolicyReport', plural: 'policyreports'},
    cluster: {kind: 'ClusterPolicyReport', plural: 'clusterpolicyreports'},
    hasSource: false,
  },
];

/** One result; `resources` and `message` are the names that both APIs have. */
export interface PolicyResult {
  source: string;
  policy: string;
  rule: string;
  category: string;
  severity: 'high' | 'medium' | 'low';
  result: 'fail' | 'warn' | 'error' | 'skip';
  scored: boolean;
  timestamp: {seconds: number; nanos: number};
  message: string;
  resources?: {apiVersion: string; kind: string; name: string; namespace?: string}[];
  properties: Record<string, string>;
}

/** A report as it is applied. */
export interface PolicyReportObject {
  apiVersion: string;
  kind: string;
  metadata: {name: string; namespace?: string; labels: Record<string, string>};
  source?: string;
  summary: Record<'pass' | 'fail' | 'warn' | 'error' | 'skip', number>;
  results: PolicyResult[];
}

/** Older servers of PolicyReport know no other severities. */
const SEVERITIES = {error: 'high', warning: 'medium', info: 'low'} as const;
/** An object may have 1.5 MiB (https://etcd.io/docs/latest/dev-guide/limit/); a result takes two or three KiB. */
const MOST_RESULTS = 300;
/** Evidence that nobody wanted, or that this system cannot give, is no failure to judge. */
const NOT_WANTED = new Set<Gap['reason']>(['not-requested', 'unsupported']);

/**
 * Findings as reports: those of a namespace in its own, with their subjects there; all else, and what could not be judged, in the cluster's.
 * `seconds`: when the cluster was read, since 1970.
 */
export function policyReports(report: DoctorReport, api: ReportApi, seconds: number): PolicyReportObject[] {
  const timestamp = {seconds, nanos: 0};
  const cluster: PolicyResult[] = [];
  const byNamespace = new Map<string, PolicyResult[]>();
  for (const finding of report.findings) {
    const result = (subjects: readonly Subject[]): PolicyResult => ({
      ...resultOf(finding, timestamp),
      ...withResources(subjects),
    });
    const groups = Map.groupBy(finding.subjects, subject => subject.namespace ?? '');
    if (groups.size === 0) cluster.push(result([]));
    for (const [namespace, subjects] of groups) {
      const own = byNamespace.get(namespace) ?? [];
      if (namespace === '') cluster.push(result(subjects));
      else byNamespace.set(namespace, [...own, result(subjects)]);
    }
  }
  cluster.push(...report.unknown.map(gap => gapOf(gap, timestamp)));
  return [
    objectOf(api, undefined, cluster),
    ...[...byNamespace].map(([namespace, results]) => objectOf(api, namespace, results)),
  ];
}

function objectOf(
  api: ReportApi,
  namespace: string | undefined,
  all: readonly PolicyResult[],
): PolicyReportObject {
  const results = all.slice(0, MOST_RESULTS);
  const count = (result: PolicyResult['result']): number => results.filter(r => r.result === result).length;
  return {
    apiVersion: `${api.group}/${api.version}`,
    kind: (namespace === undefined ? api.cluster : api.namespaced).kind,
    metadata: {
      name: REPORT_NAME,
      ...(namespace !== undefined && {namespace}),
      labels: {...commonLabels(), 'app.kubernetes.io/component': 'doctor'},
    },
    ...(api.hasSource && {source: SOURCE}),
    summary: {pass: 0, fail: count('fail'), warn: count('warn'), error: count('error'), skip: count('skip')},
    results,
  };
}

function resultOf(finding: Finding, timestamp: PolicyResult['timestamp']): PolicyResult {
  return {
    source: SOURCE,
    policy: finding.id,
    rule: finding.name,
    category: finding.id.slice(0, 3),
    severity: SEVERITIES[finding.severity],
    result: finding.severity === 'error' ? 'fail' : 'warn',
    scored: finding.severity === 'error' && finding.state === 'confirmed',
    timestamp,
    message: finding.message,
    properties: {
      title: finding.title,
      fingerprint: finding.fingerprint,
      state: finding.state,
      root: String(finding.causedBy.length === 0),
      subjects: String(finding.subjectCount),
      ...(finding.fix.length > 0 && {fix: finding.fix.join('\n')}),
    },
  };
}

function gapOf(
  {id, evidence, reason, detail, subjectCount}: Gap,
  timestamp: PolicyResult['timestamp'],
): PolicyResult {
  return {
    source: SOURCE,
    policy: id,
    rule: evidence,
    category: id.slice(0, 3),
    severity: 'low',
    result: NOT_WANTED.has(reason) ? 'skip' : 'error',
    scored: false,
    timestamp,
    message: `${evidence}: ${reason}${detail === '' ? '' : `: ${detail}`}`,
    properties: {reason, subjects: String(subjectCount)},
  };
}

const API_VERSIONS: ReadonlyMap<string, string> = new Map(RESOURCES.map(r => [r.kind, apiVersionOf(r)]));

/** References to those subjects that are objects of the API. */
function withResources(subjects: readonly Subject[]): Pick<PolicyResult, 'resources'> {
  const resources = subjects.flatMap(({kind, name, namespace}) => {
    const apiVersion = API_VERSIONS.get(kind);
    return apiVersion === undefined
      ? []
      : [{apiVersion, kind, name, ...(namespace !== undefined && {namespace})}];
  });
  return resources.length > 0 ? {resources} : {};
}
