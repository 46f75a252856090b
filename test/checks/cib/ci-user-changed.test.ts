import check from '../../../src/checks/cib/ci-user-changed.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, runStep, withPipeline} from '../../helpers/ci.ts';

const running = (edit: Parameters<typeof buildPod>[0]) =>
  ciFarm().remove('Pod', 'builds/build-1').add(buildPod(edit));

checkCases({
  check,
  finds: {
    'Run as User on a Windows stage': () => [
      withPipeline(settings => (settings.runAsUser = '1000')),
      {severity: 'error', subjects: ['Pipeline//store'], says: /Run as User 1000/},
    ],
    'Run as Non-Root on a Windows stage': () => [
      withPipeline(settings => (settings.containerSecurityContext = {runAsNonRoot: true})),
      {subjects: ['Pipeline//store'], says: /Non-Root/},
    ],
    'another user for the whole build pod': () => [
      running(spec => (spec.securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}})),
      {severity: 'error', subjects: ['Pod/builds/build-1'], says: /ContainerUser/},
    ],
    'another user for the Addon': () => [
      running(
        spec => (spec.initContainers[0].securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}}),
      ),
      {subjects: ['Pod/builds/build-1'], says: /setup-addon/},
    ],
  },
  passes: {
    'nothing is said of users': () => withPipeline(),
    'a step has its own user': () =>
      withPipeline((_, stage) => (stage.spec.execution.steps = [runStep('hello', {runAsUser: '1000'})])),
    'a user that the run will tell': () => withPipeline(settings => (settings.runAsUser = '<+input>')),
    'Non-Root switched off': () =>
      withPipeline(settings => (settings.containerSecurityContext = {runAsNonRoot: false})),
    'a Linux stage may choose': () =>
      withPipeline(settings => Object.assign(settings, {os: 'Linux', nodeSelector: {}, runAsUser: '1000'})),
    'a step of a build pod has its own user': () =>
      running(
        spec => (spec.containers[1].securityContext = {windowsOptions: {runAsUserName: 'ContainerUser'}}),
      ),
    'the default said aloud': () =>
      running(
        spec =>
          (spec.securityContext = {windowsOptions: {runAsUserName: 'User Manager\\ContainerAdministrator'}}),
      ),
  },
  unknown: {'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads']},
});
