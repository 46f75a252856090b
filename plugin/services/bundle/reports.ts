import {analysisText} from '../../../src/bundle/analysis.ts';
import {ANALYSIS_FILE, DOCTOR_FILE, REPORT_FILE} from '../../../src/bundle/own-files.ts';
import {buildReport} from '../../../src/report/build.ts';
import {renderHtml} from '../../../src/report/html/page.ts';
import {partsOf} from '../../../src/report/html/parts.ts';
import {renderJson} from '../../../src/report/json.ts';
import {sickLogs} from '../../../src/report/sick-logs.ts';
import type {Spool} from '../../bundle/spool.ts';
import {openCapture} from '../../capture/open.ts';
import {toolVersion} from '../../version.ts';
import {logTails} from '../log-tails.ts';
import type {Diagnosis} from '../present.ts';

/** Files of the report. */
export const REPORT_FILES = [DOCTOR_FILE, ANALYSIS_FILE, REPORT_FILE];

/** Puts down what was found, three times alike: as JSON, in troubleshoot's form, and as the page; `name`: of the bundle. */
export async function writeReports(
  spool: Spool,
  {snapshot, judgement, locate, timings, pictures}: Diagnosis,
  name: string,
): Promise<void> {
  const named = {...snapshot, source: {...snapshot.source, name}};
  const report = buildReport(named, judgement, {version: toolVersion(), timings}, locate);
  const own = {source: 'kubectl win'};
  spool.append(DOCTOR_FILE, renderJson(report), own);
  spool.append(ANALYSIS_FILE, analysisText(report), own);
  const logs = await logTails(await openCapture(spool.folder), '', sickLogs(named, report));
  const parts = {...partsOf(named, report, judgement), ...(pictures && {pictures}), logs};
  spool.append(REPORT_FILE, renderHtml(report, parts), own);
}
