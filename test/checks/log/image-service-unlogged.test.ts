import check from '../../../src/checks/log/image-service-unlogged.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import {criImage, dockerImage, ociImage} from '../../helpers/image-configs.ts';

const IIS = ['C:\\ServiceMonitor.exe', 'w3svc'];

checkCases({
  check,
  finds: {
    'the image of IIS, as Docker describes it': () => [
      dockerImage({Entrypoint: IIS}),
      {severity: 'info', subjects: ['Image//shop:1'], says: /servicemonitor\.exe without LogMonitor/},
    ],
    'the same by its configuration in a registry': () => [
      ociImage({Entrypoint: IIS}),
      {subjects: ['Image//image.json']},
    ],
    'the same by a node': () => [criImage({Cmd: IIS}), {subjects: ['Image//shop:1']}],
    'shell form': () => [
      dockerImage({Entrypoint: ['cmd /S /C C:\\ServiceMonitor.exe w3svc']}),
      {subjects: ['Image//shop:1']},
    ],
  },
  passes: {
    'LogMonitor before the service': () =>
      dockerImage({Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', ...IIS]}),
    'LogMonitor before it in shell form': () =>
      dockerImage({Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe C:\\ServiceMonitor.exe w3svc']}),
    'an image for Linux': () => dockerImage({Entrypoint: IIS}, 'linux'),
  },
  unknown: {'no files were given': () => [healthy(), 'imageConfigs']},
});
