import {join} from 'node:path';
import {loadSnapshotFrom} from '../../plugin/capture/load.ts';
import {CHECKS} from '../../src/checks/index.ts';
import {judge} from '../../src/checks/engine.ts';
import {selectChecks} from '../../src/checks/profiles.ts';
import {withoutUnasked} from '../../src/checks/unasked.ts';
import {buildReport} from '../../src/report/build.ts';
import {bundleLocator} from '../../src/report/locate.ts';
import {ANSI} from '../../src/report/palette.ts';
import {renderText} from '../../src/report/text.ts';
import {screen, TERMINAL} from './terminal.ts';

/** The first screen of `doctor` on the sample, drawn from what it really prints. */
export async function picture(): Promise<string> {
  const {snapshot} = await loadSnapshotFrom(join(import.meta.dirname, '../../plugin/sample'));
  const checks = selectChecks(CHECKS, {profile: 'support', only: [], skip: []});
  if (typeof checks === 'string') throw new Error(checks);
  const run = {version: '', timings: {collectMs: 0, judgeMs: 0}};
  const report = buildReport(snapshot, withoutUnasked(judge(snapshot, checks)), run, bundleLocator(snapshot));
  const text = renderText(report, {palette: ANSI, width: TERMINAL.columns, wide: false});
  return screen(
    'kubectl win doctor --from plugin/sample',
    text.replaceAll(/capture \S*sample/g, 'capture plugin/sample'),
  );
}
