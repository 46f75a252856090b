import check from '../../../src/checks/cib/ci-init-timeout-short.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, withPipeline} from '../../helpers/ci.ts';
import {event} from '../../helpers/raw.ts';

const pulled = (took: string, more = '') =>
  ciFarm().add(
    event(
      buildPod(),
      'Pulled',
      `Successfully pulled image "mcr.microsoft.com/windows/servercore:ltsc2022" in ${took} (${took} including waiting).${more}`,
      {type: 'Normal'},
    ),
  );

checkCases({
  check,
  finds: {
    'a pull of nine and a half minutes': () => [
      pulled('9m30.5s'),
      {severity: 'warning', subjects: ['Pod/builds/build-1'], says: /10 min.*8 min/, cause: 'pull-too-long'},
    ],
    'a pull just over the timeout': () => [pulled('8m0.2s'), {subjects: ['Pod/builds/build-1']}],
    'a pull of over an hour': () => [pulled('1h2m0s'), {subjects: ['Pod/builds/build-1']}],
    'a Windows stage that shortens the timeout': () => [
      withPipeline(settings => (settings.initTimeout = '3m')),
      {severity: 'warning', subjects: ['Pipeline//store'], says: /3m/, cause: 'shortened'},
    ],
  },
  passes: {
    'a pull of eight minutes': () => pulled('8m0s'),
    'a pull of milliseconds': () => pulled('850ms'),
    'a newer kubelet that adds the size': () => pulled('41.2s', ' Image size: 2500000000 bytes.'),
    'a farm without a pull': () => ciFarm(),
    'a stage with the default': () => withPipeline(),
    'a stage with more time': () => withPipeline(settings => (settings.initTimeout = '1h')),
    'a timeout that the run will tell': () => withPipeline(settings => (settings.initTimeout = '<+input>')),
  },
  unknown: {
    'events may not be listed': () => [ciFarm().without('events'), 'events'],
    'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads'],
  },
});
