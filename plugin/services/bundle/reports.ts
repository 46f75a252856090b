import {analysisText} from '../../../src/bundle/analysis.ts';
import {ANALYSIS_FILE, DOCTOR_FILE, REPORT_FILE} from '../../../src/bundle/own-files.ts';
import {buildReport} from '../../../src/report/build.ts';
import {renderHtml} from '../../../src/report/html/page.ts';
import {renderJson} from '../../../src/report/json.ts';
import {storiesOf} from '../../../src/report/stories.ts';
import type {Spool} from '../../bundle/spool.ts';
import {toolVersion} from '../../version.ts';
import type {Diagnosis} from '../present.ts';

/** Files of the report. */
export const REPORT_FILES = [DOCTOR_FILE, ANALYSIS_FILE, REPORT_FILE];

/** Puts down what was found, three times alike: as JSON, in troubleshoot's form, and as the page; `name`: of the bundle. */
export function writeReports(
  spool: Spool,
  {snapshot, judgement, locate, timings, pictures}: Diagnosis,
  name: string,
): void {
  const named = {...snapshot, source: {...snapshot.source, name}};
  const report = buildReport(named, judgement, {version: toolVersion(), timings}, locate);
  const own = {source: 'kubectl win'};
  spool.append(DOCTOR_FILE, renderJson(report), own);
  spool.append(ANALYSIS_FILE, analysisText(report), own);
  const page = renderHtml(report, {...(pictures && {pictures}), stories: storiesOf(named, report)});
  spool.append(REPORT_FILE, page, own);
}
