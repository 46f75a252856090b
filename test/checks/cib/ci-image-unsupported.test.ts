import check from '../../../src/checks/cib/ci-image-unsupported.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, runStep, withPipeline} from '../../helpers/ci.ts';
import {healthy} from '../../helpers/cluster.ts';

const step = (image: unknown) =>
  withPipeline((_, stage) => {
    stage.spec.execution.steps = [runStep('hello', {image})];
  });
const running = (image: string) =>
  ciFarm()
    .remove('Pod', 'builds/build-1')
    .add(buildPod(spec => (spec.containers[1].image = image)));
const onGoogle = (cluster: ReturnType<typeof healthy>) =>
  cluster.changeAll('Node', n => {
    n.metadata.labels['cloud.google.com/gke-nodepool'] = 'pool';
  });

checkCases({
  check,
  finds: {
    'a step on Windows Server 2025': () => [
      step('mcr.microsoft.com/windows/servercore:ltsc2025'),
      {severity: 'error', subjects: ['Pipeline//store'], says: /26100/, cause: 'windows-version'},
    ],
    'a step on a release of 2004': () => [
      step('mcr.microsoft.com/windows/servercore:2004'),
      {subjects: ['Pipeline//store']},
    ],
    'a step on Nano Server': () => [
      step('mcr.microsoft.com/powershell:nanoserver-ltsc2022'),
      {severity: 'error', subjects: ['Pipeline//store'], says: /netapi32/, cause: 'nano-server'},
    ],
    'a build pod on Windows Server 2016': () => [
      running('mcr.microsoft.com/windows/servercore:ltsc2016'),
      {severity: 'error', subjects: ['Pod/builds/build-1']},
    ],
    "Windows Server 2022 on Google, by the vendor's page, as a warning": () => [
      onGoogle(step('mcr.microsoft.com/windows/servercore:ltsc2022')),
      {severity: 'warning', subjects: ['Pipeline//store'], cause: 'windows-2022-on-google'},
    ],
  },
  passes: {
    'Windows Server 2022': () => step('mcr.microsoft.com/windows/servercore:ltsc2022'),
    'Windows Server 2019 by its release': () => step('mcr.microsoft.com/windows/servercore:1809'),
    'Windows Server 2019 on Google': () => onGoogle(step('mcr.microsoft.com/windows/servercore:ltsc2019')),
    'a build pod whose image says nothing, and runs on a node of 2022': () =>
      running('registry.example/builder:7'),
    'a Linux stage may run anything': () =>
      withPipeline((settings, stage) => {
        settings.os = 'Linux';
        stage.spec.execution.steps = [runStep('hello', {image: 'alpine'})];
      }),
    'a step without an image': () =>
      withPipeline((_, stage) => delete stage.spec.execution.steps[0].step.spec.image),
    'a cluster without build pods': () => healthy(),
  },
  unknown: {
    'an image without a tag': () => [step('winamd64/python'), 'image'],
    'an image that is a runtime input': () => [step('<+input>'), 'image'],
    'an image whose tag names no Windows': () => [step('registry.example/builder:2004'), 'image'],
    'a build pod whose nodes are not known': () => [
      running('registry.example/builder:7').without('nodes'),
      'image',
    ],
    'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads'],
  },
});
