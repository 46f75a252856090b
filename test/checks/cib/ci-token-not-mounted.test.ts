import check from '../../../src/checks/cib/ci-token-not-mounted.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, withPipeline} from '../../helpers/ci.ts';
import type {Json} from '../../helpers/raw.ts';

const off = (object: Json) => (object.automountServiceAccountToken = false);

checkCases({
  check,
  finds: {
    'a stage that switches it off': () => [
      withPipeline(off),
      {severity: 'error', subjects: ['Pipeline//store']},
    ],
    'a build pod without it': () => [
      ciFarm().remove('Pod', 'builds/build-1').add(buildPod(off)),
      {severity: 'error', subjects: ['Pod/builds/build-1']},
    ],
    'an account that switches it off, and no pod that asks for it, as a warning': () => [
      ciFarm().remove('Pod', 'builds/build-1').change('ServiceAccount', 'builds/builder', off),
      {severity: 'warning', subjects: ['ServiceAccount/builds/builder']},
    ],
  },
  passes: {
    'a stage that says so': () => withPipeline(),
    'a stage that leaves it out': () =>
      withPipeline(settings => delete settings.automountServiceAccountToken),
    'a stage that leaves it to the run': () =>
      withPipeline(settings => (settings.automountServiceAccountToken = '<+input>')),
    'a farm in order': () => ciFarm(),
    'an account that switches it off under pods that ask for it': () =>
      ciFarm().change('ServiceAccount', 'builds/builder', off),
  },
  unknown: {
    'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads'],
    'the accounts are missing': () => [ciFarm().without('serviceAccounts'), 'serviceAccounts'],
  },
});
