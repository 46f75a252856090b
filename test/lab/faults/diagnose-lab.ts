import {loadKubeconfig} from '../../../plugin/kube/kubeconfig.ts';
import {loadLive} from '../../../plugin/kube/load-live.ts';
import type {ProfileName} from '../../../src/checks/define.ts';
import {judge} from '../../../src/checks/engine.ts';
import {CHECKS} from '../../../src/checks/index.ts';
import {buildReport} from '../../../src/report/build.ts';
import {bundleLocator} from '../../../src/report/locate.ts';
import type {DoctorReport} from '../../../src/report/report.ts';
import {collected} from '../../../src/snapshot/evidence.ts';
import type {CiRequest} from '../../../src/snapshot/snapshot.ts';
import {NOW} from '../../helpers/raw.ts';
import type {TestLab} from '../lab.ts';
import {SceneReader, type ReadEdit} from './scene-reader.ts';

/** How a lab is looked at. */
export interface Look {
  profile?: ProfileName;
  /** What a user says of the build farm, under the profile `ci-build`. */
  ci?: CiRequest;
  edit?: ReadEdit;
}

/** Reads the whole lab as `doctor` does and judges it with every check, at the scenes' own day. */
export async function diagnoseLab(lab: TestLab, {profile, ci, edit}: Look = {}): Promise<DoctorReport> {
  const access = loadKubeconfig({kubeconfig: lab.kubeconfigs.admin});
  const reader = new SceneReader(access, Date.parse(NOW) - lab.startedAt, edit);
  try {
    const read = await loadLive({access, reader, signal: AbortSignal.timeout(60_000)});
    const snapshot = ci ? {...read, evidence: {...read.evidence, ciRequest: collected(ci)}} : read;
    const judgement = judge(snapshot, CHECKS, profile);
    const run = {version: '0', timings: {collectMs: 0, judgeMs: 0}};
    return buildReport(snapshot, judgement, run, bundleLocator(snapshot));
  } finally {
    await reader.close();
  }
}
