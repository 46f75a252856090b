import check from '../../../src/checks/cib/ci-privileged-step.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, runStep, withPipeline} from '../../helpers/ci.ts';
import type {Json} from '../../helpers/raw.ts';

const steps = (...list: Json[]) => withPipeline((_, stage) => (stage.spec.execution.steps = list));
const run = (spec: Json) => steps(runStep('hello', spec));
const fault = (cause: string) => ({severity: 'error' as const, subjects: ['Pipeline//store'], cause});

checkCases({
  check,
  finds: {
    'a Build and Push step': () => [
      steps({step: {type: 'BuildAndPushECR', name: 'push', spec: {}}}),
      fault('build-and-push'),
    ],
    'a Build and Push step deep in a group': () => [
      steps({stepGroup: {steps: [{parallel: [{step: {type: 'BuildAndPushDockerRegistry', spec: {}}}]}]}}),
      fault('build-and-push'),
    ],
    'Docker in Docker': () => [
      steps({step: {type: 'Background', name: 'd', spec: {image: 'docker:24.0-dind', privileged: true}}}),
      fault('docker-in-docker'),
    ],
    'a privileged step': () => [run({privileged: true}), fault('privileged')],
    'a privileged stage': () => [
      withPipeline(settings => (settings.containerSecurityContext = {privileged: true})),
      fault('privileged'),
    ],
    'a script that calls Docker': () => [
      run({command: 'cd src\n  docker build -t app .\n'}),
      fault('docker-command'),
    ],
    'a privileged container of a Windows build pod': () => [
      ciFarm()
        .remove('Pod', 'builds/build-1')
        .add(buildPod(spec => (spec.containers[1].securityContext = {privileged: true}))),
      {severity: 'error', subjects: ['Pod/builds/build-1']},
    ],
  },
  passes: {
    'plain steps': () => withPipeline(),
    'a farm whose build pods are plain': () => ciFarm(),
    'a script that only speaks of Docker': () =>
      run({command: 'echo docker build is not for Windows\n$docker = 1'}),
    'the Docker client shows its version': () => run({command: 'docker --version'}),
    'an image that only sounds like Docker in Docker': () =>
      run({image: 'registry.example/docker-dindle:ltsc2022'}),
    'privileged as a runtime input': () => run({privileged: '<+input>'}),
    'all of it in a Linux stage': () =>
      withPipeline((settings, stage) => {
        Object.assign(settings, {os: 'Linux', nodeSelector: {}});
        stage.spec.execution.steps = [runStep('hello', {privileged: true, command: 'docker build .'})];
      }),
  },
  unknown: {'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads']},
});
