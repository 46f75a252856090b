import type {Check} from '../../src/checks/define.ts';
import type {Judgement} from '../../src/checks/engine.ts';
import {buildReport} from '../../src/report/build.ts';
import {EXIT, exitCodeOf} from '../../src/report/exit.ts';
import type {FailOn} from '../../src/report/exit.ts';
import type {Format} from '../../src/report/format-names.ts';
import {render} from '../../src/report/formats.ts';
import type {DoctorReport} from '../../src/report/report.ts';
import type {Locate} from '../../src/report/locate.ts';
import type {Snapshot} from '../../src/snapshot/snapshot.ts';
import {partsOf} from '../../src/report/html/parts.ts';
import {PLAIN} from '../../src/report/palette.ts';
import type {ColorChoice} from '../terminal.ts';
import {paletteFor, widthOf} from '../terminal.ts';
import {toolVersion} from '../version.ts';
import {writeResult} from './result.ts';
import {sievesFor} from './select.ts';

/** What `doctor` and `lint` found, before it is shown. */
export interface Diagnosis {
  snapshot: Snapshot;
  judgement: Judgement;
  locate: Locate;
  checks: readonly Check[];
  timings: {collectMs: number; judgeMs: number};
  /** Pictures as SVG by the fingerprint of their finding. */
  pictures?: ReadonlyMap<string, string>;
  /** The user did not wait for all of it: what is known is told. */
  interrupted?: boolean;
  /** For standard error: what was passed over while reading. */
  notes: string[];
}

export interface PresentFlags {
  output: Format;
  'output-file'?: string | undefined;
  'fail-on': FailOn;
  strict: boolean;
  color: ColorChoice;
  ignore?: string | undefined;
  baseline?: string | undefined;
}

/** Writes the report in the format asked for; answers with the exit code and what was told. */
export async function present(
  {snapshot, judgement, locate, checks, timings, pictures, interrupted = false}: Diagnosis,
  flags: PresentFlags,
  note: (text: string) => void,
): Promise<{exit: number; report: DoctorReport}> {
  const left = await sievesFor(flags, snapshot.now);
  const report = buildReport(
    snapshot,
    judgement,
    {version: toolVersion(), timings, sieves: left.sieves},
    locate,
  );
  for (const text of left.notes()) note(text);
  const file = flags['output-file'];
  const text = render(flags.output, report, {
    checks,
    palette: file === undefined ? paletteFor(process.stdout, flags.color) : PLAIN,
    width: widthOf(process.stdout),
    failOn: flags['fail-on'],
    ...(flags.output === 'html' && {
      page: {...partsOf(snapshot, report, judgement), ...(pictures && {pictures})},
    }),
  });
  await writeResult(text, file);
  const exit = interrupted
    ? EXIT.interrupted
    : exitCodeOf(report, {failOn: flags['fail-on'], strict: flags.strict});
  return {exit, report};
}
