import type {Severity, Subject} from '../checks/define.ts';
import {RESOURCES, apiVersionOf} from '../kube/resources.ts';
import type {DoctorReport, Finding} from '../report/report.ts';
import {sentenceOf, verdictOf} from '../report/verdict.ts';

/** Severities as troubleshoot calls them; what passed is `debug` (`pkg/convert/supportbundle.go`). */
const SEVERITIES: Record<Severity, string> = {error: 'error', warning: 'warn', info: 'info'};

/** An answer of an analyzer, as troubleshoot writes them to `analysis.json`. */
export interface AnalysisResult {
  name: string;
  labels: Record<string, string>;
  insight: {
    name: string;
    labels: Record<string, string>;
    primary: string;
    detail: string;
    severity: string;
  };
  severity: string;
  analyzerSpec: string;
  /** Only of what failed. */
  error?: string;
  involvedObject?: {kind: string; apiVersion?: string; namespace?: string; name: string};
}

/** Our findings in the form of troubleshoot's analysis, root causes first; one line where nothing was found. */
export function analysisOf(report: DoctorReport): AnalysisResult[] {
  if (report.findings.length === 0) {
    const verdict = verdictOf(report);
    return [resultOf('kubectl win doctor', `${sentenceOf(verdict)}.`, 'debug')];
  }
  return report.findings.map(finding => {
    const severity = SEVERITIES[finding.severity];
    const result = resultOf(`${finding.id}: ${finding.title}`, detailOf(finding), severity);
    const [subject] = finding.subjects;
    return {
      ...result,
      ...(finding.severity === 'error' && {error: finding.message}),
      ...(subject && {involvedObject: referenceOf(subject)}),
    };
  });
}

/** The same as the file: indented by four, as troubleshoot writes it. */
export function analysisText(report: DoctorReport): string {
  return `${JSON.stringify(analysisOf(report), null, 4)}\n`;
}

function resultOf(title: string, detail: string, severity: string): AnalysisResult {
  const name = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
  const icon = {iconKey: '', iconUri: ''};
  return {
    name,
    labels: {desiredPosition: '1', ...icon},
    insight: {name, labels: icon, primary: title, detail, severity},
    severity,
    analyzerSpec: '',
  };
}

function detailOf({message, fix, causedBy}: Finding): string {
  const next = fix.map(step => `Next: ${step}`);
  const cause = causedBy.length > 0 ? ['It follows from another finding.'] : [];
  return [message, ...cause, ...next].join('\n');
}

function referenceOf({kind, namespace, name}: Subject): AnalysisResult['involvedObject'] & object {
  const resource = RESOURCES.find(r => r.kind === kind);
  return {
    kind,
    ...(resource && {apiVersion: apiVersionOf(resource)}),
    ...(namespace !== undefined && {namespace}),
    name,
  };
}
