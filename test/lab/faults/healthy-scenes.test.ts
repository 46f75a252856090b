import test from 'ava';
import type {ProfileName} from '../../../src/checks/define.ts';
import {startLab} from '../lab.ts';
import {diagnoseLab, type Look} from './diagnose-lab.ts';

/**
 * What a healthy scene is told all the same, with the reason why that is right. Errors and warnings have no place here:
 * were one right, the scene would not be healthy.
 */
const TOLD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  healthy: {},
  aks: {
    ADV002:
      'AKS chooses containerd 2.0 for Server 2025, which has a known fault that its user can only know of',
    CRI003: 'the same: the project asks for more, AKS decides',
    SCH008: 'AKS sets no taint on Windows pools, and all Linux workloads of the scene select their OS',
  },
  eks: {
    ADV002: 'EKS chooses containerd 2.1, which has a known fault on Server 2025',
    CLD005: 'so it is on every EKS node',
    CRI004: 'the same: its line has ended, EKS decides',
    SCH008: 'EKS sets no taint either',
  },
  gke: {CRI003: 'GKE chooses containerd'},
  'ci-farm': {},
};

const farm: Look = {
  profile: 'ci-build',
  ci: {
    namespace: 'ci-builds',
    serviceAccount: 'build',
    delegate: {namespace: 'harness-delegate-ng', name: 'delegate'},
  },
};

const profiles: readonly ProfileName[] = ['support', 'ci-build', 'host-process', 'gmsa', 'storage'];

for (const [scene, told] of Object.entries(TOLD)) {
  test.serial(`the scene ${scene} gives no error and no warning`, async t => {
    const lab = await startLab({scene});
    t.teardown(async () => lab.stop());
    const looks: Look[] = scene === 'ci-farm' ? [farm] : [];
    for (const profile of profiles) if (profile !== farm.profile) looks.push({profile});
    for (const look of looks) {
      const {findings, problems, summary} = await diagnoseLab(lab, look);
      t.deepEqual(problems, []);
      t.true(summary.outcomes.pass > 50, 'it was looked at');
      const unexpected = findings.filter(f => f.severity !== 'info' || told[f.id] === undefined);
      t.deepEqual(
        unexpected.map(f => `${look.profile}: ${f.severity} ${f.id} ${f.message}`),
        [],
      );
    }
  });
}
