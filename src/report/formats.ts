import type {FailOn} from './exit.ts';
import type {Format} from './format-names.ts';
import {millis, SECOND} from '../snapshot/time.ts';
import {doctorMetrics} from './doctor-metrics.ts';
import {renderHtml} from './html/page.ts';
import type {PageParts} from './html/parts.ts';
import {renderJson, renderYaml} from './json.ts';
import {renderJunit} from './junit.ts';
import {renderMarkdown} from './markdown.ts';
import type {Palette} from './palette.ts';
import type {DoctorReport} from './report.ts';
import {renderSarif} from './sarif.ts';
import type {CheckRule} from './sarif.ts';
import {renderText} from './text.ts';

/** What any of the formats needs besides the report. */
export interface RenderOptions {
  palette: Palette;
  /** Columns of the terminal. */
  width: number;
  /** The checks that ran: JUnit lists also those that found nothing, SARIF tells what they are about. */
  checks: readonly CheckRule[];
  failOn: FailOn;
  /** For a page: what it shows beside the report. */
  page?: PageParts;
}

/** Writes a report in a format; the text ends with a line break. */
export function render(format: Format, report: DoctorReport, options: RenderOptions): string {
  switch (format) {
    case 'text':
      return renderText(report, {...options, wide: false});
    case 'wide':
      return renderText(report, {...options, wide: true});
    case 'json':
      return renderJson(report);
    case 'yaml':
      return renderYaml(report);
    case 'junit':
      return renderJunit(report, options);
    case 'sarif':
      return renderSarif(report, options);
    case 'markdown':
      return renderMarkdown(report);
    case 'html':
      return renderHtml(report, options.page);
    case 'openmetrics':
      return doctorMetrics(report, (millis(report.source.collectedAt) ?? 0) / SECOND);
    default:
      return format satisfies never;
  }
}
