import type {Gap} from '../checks/gaps.ts';
import type {Severity} from '../checks/define.ts';
import {REASONS} from './gaps.ts';
import {nameOf} from './phrase.ts';
import type {DoctorReport, Finding} from './report.ts';
import {visible, visibleJson} from './visible.ts';
import type {CheckName} from './junit.ts';

/** A check as a SARIF rule: with what `explain` says of it, where that is known. */
export interface CheckRule extends CheckName {
  readonly severity: Severity;
  readonly docs: {
    readonly what: string;
    readonly why: string;
    readonly fix: readonly string[];
    readonly links: readonly string[];
  };
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS = {error: 'error', warning: 'warning', info: 'note'} as const;
const HTTPS = /^https:\/\/[\w.~:/?#@!$&()*+,;=%-]+$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/**
 * Writes SARIF 2.1.0 with one run. GitHub takes a result only with a place in a file: under `lint` that is the manifest, else
 * the file of the bundle layout in which the first fact stands.
 */
export function renderSarif(report: DoctorReport, options: {checks: readonly CheckRule[]}): string {
  const rules = rulesOf(report, options.checks);
  const index = new Map(rules.map((rule, i) => [rule.id, i]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kubectl-win',
            version: visible(report.tool.version),
            semanticVersion: visible(report.tool.version),
            rules,
          },
        },
        automationDetails: {id: `${report.kind}/`},
        columnKind: 'unicodeCodePoints',
        invocations: [
          {
            executionSuccessful: report.problems.length === 0,
            ...(RFC_3339.test(report.source.collectedAt) && {endTimeUtc: report.source.collectedAt}),
            toolExecutionNotifications: report.unknown.map(notificationOf),
          },
        ],
        results: report.findings.flatMap(f => placesOf(f).map(place => resultOf(f, place, index))),
      },
    ],
  };
  return `${visibleJson(JSON.stringify(log, null, 2))}\n`;
}

function rulesOf(report: DoctorReport, checks: readonly CheckRule[]): {id: string}[] {
  const known = new Map(checks.map(c => [c.id, c]));
  const used = [...new Set(report.findings.map(f => f.id))].sort();
  return used.map(id => {
    const check = known.get(id);
    const finding = report.findings.find(f => f.id === id);
    const link = [...(check?.docs.links ?? finding?.links ?? [])].find(l => HTTPS.test(l));
    const fix = check?.docs.fix ?? finding?.fix ?? [];
    return {
      id: visible(id),
      name: visible(check?.name ?? finding?.name ?? id),
      shortDescription: {text: plain(check?.title ?? finding?.title ?? id)},
      fullDescription: {text: plain(check?.docs.what ?? finding?.title ?? id)},
      help: {text: [...(check ? [check.docs.why] : []), ...fix].map(plain).join('\n') || plain(id)},
      ...(link !== undefined && {helpUri: link}),
      defaultConfiguration: {level: LEVELS[check?.severity ?? finding?.severity ?? 'warning']},
    };
  });
}

function resultOf(finding: Finding, place: object, index: ReadonlyMap<string, number>): object {
  return {
    ruleId: visible(finding.id),
    ruleIndex: index.get(finding.id) ?? -1,
    level: LEVELS[finding.severity],
    message: {text: plain(finding.message)},
    locations: [{physicalLocation: place, logicalLocations: logicalsOf(finding)}],
    partialFingerprints: {'kubectlWinFinding/v1': visible(finding.fingerprint)},
    properties: {
      subjectCount: finding.subjectCount,
      state: finding.state,
      causedBy: finding.causedBy.map(visible),
      fix: finding.fix.map(visible),
      firstSeen: finding.firstSeen,
    },
  };
}

/** One result for each place: of several places in one result, GitHub shows the first alone. */
function placesOf({location, locations, evidence}: Finding): object[] {
  const places = locations ?? (location ? [location] : []);
  if (places.length === 0) {
    return [{artifactLocation: {uri: uriOf(evidence[0]?.at ?? 'cluster-resources')}, region: {startLine: 1}}];
  }
  return places.map(({file, line, column}) => ({
    artifactLocation: {uri: uriOf(file)},
    region: {startLine: Math.max(1, line), startColumn: Math.max(1, column)},
  }));
}

/** The subjects; the schema wants each once, and two that differ only in what cannot be seen look alike here. */
function logicalsOf({subjects}: Finding): object[] {
  const places = new Map<string, object>();
  for (const subject of subjects) {
    const kind = visible(subject.kind);
    const fullyQualifiedName = `${kind}/${nameOf(subject)}`;
    places.set(fullyQualifiedName, {name: visible(subject.name), kind, fullyQualifiedName});
  }
  return [...places.values()];
}

function notificationOf({id, evidence, reason, detail}: Gap): object {
  return {
    level: 'note',
    message: {text: plain(`${id} could not be judged: ${evidence}: ${detail} (${REASONS[reason]})`)},
    descriptor: {id: 'evidence-missing'},
    associatedRule: {id: visible(id)},
  };
}

/** A path as a relative URI reference: `C:\a b.yaml` is `file:///C:/a%20b.yaml`. */
function uriOf(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  const rooted = /^[A-Za-z]:\//.test(slashed) ? `/${slashed}` : slashed;
  const encoded = rooted
    .split('/')
    .map(part => encodeURIComponent(part.toWellFormed()))
    .join('/')
    .replace(/^\/([A-Za-z])%3A\//, '/$1:/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

/** Text of a message, in which `[a](b)` would be a link. */
function plain(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
