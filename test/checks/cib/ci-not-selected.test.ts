import check from '../../../src/checks/cib/ci-not-selected.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, withPipeline} from '../../helpers/ci.ts';

const pipeline = {severity: 'error' as const, subjects: ['Pipeline//store']};

checkCases({
  check,
  finds: {
    'a Windows stage with an empty selector': () => [
      withPipeline(settings => (settings.nodeSelector = {})),
      {...pipeline, cause: 'no-selector'},
    ],
    'a Windows stage without a selector, where the nodes are not known': () => [
      withPipeline(settings => delete settings.nodeSelector).without('nodes'),
      pipeline,
    ],
    'a selector that leads to both systems': () => [
      withPipeline(settings => (settings.nodeSelector = {'kubernetes.io/arch': 'amd64'})),
      pipeline,
    ],
    'a taint of the pool that the stage does not tolerate': () => [
      withPipeline(settings => delete settings.tolerations),
      {...pipeline, cause: 'taint-not-tolerated', says: /os=windows:NoSchedule/},
    ],
    'a toleration for another value': () => [
      withPipeline(settings => (settings.tolerations[0].value = 'Windows')),
      {...pipeline, cause: 'taint-not-tolerated'},
    ],
    'a Windows build pod without a selector': () => [
      ciFarm()
        .remove('Pod', 'builds/build-1')
        .add(buildPod(spec => delete spec.nodeSelector)),
      {severity: 'error', subjects: ['Pod/builds/build-1']},
    ],
  },
  passes: {
    'a stage with selector and toleration': () => withPipeline(),
    'a farm whose build pods are pinned': () => ciFarm(),
    'a toleration that is missing counts only where the taint is seen': () =>
      withPipeline(settings => delete settings.tolerations).without('nodes'),
    'one untainted Windows node is enough': () =>
      withPipeline(settings => delete settings.tolerations).change(
        'Node',
        'win-2',
        n => (n.spec.taints = []),
      ),
    'a selector by build': () =>
      withPipeline(settings => (settings.nodeSelector = {'node.kubernetes.io/windows-build': '10.0.20348'})),
    'a selector by the label of a pool that is all Windows': () =>
      withPipeline(settings => (settings.nodeSelector = {pool: 'w'}))
        .change('Node', 'win-1', n => (n.metadata.labels.pool = 'w'))
        .change('Node', 'win-2', n => (n.metadata.labels.pool = 'w')),
    'a selector that the run will tell': () => withPipeline(settings => (settings.nodeSelector = '<+input>')),
    'tolerations that the run will tell': () => withPipeline(settings => (settings.tolerations = '<+input>')),
    'a Linux stage': () => withPipeline(settings => Object.assign(settings, {os: 'Linux', nodeSelector: {}})),
  },
  unknown: {'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads']},
});
