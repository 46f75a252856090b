import check from '../../../src/checks/sch/runtimeclass-unscheduled.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';

const subjects = ['RuntimeClass//windows-2022'];
const bare = (handler: string, name = 'windows-2022') =>
  healthy().change('RuntimeClass', 'windows-2022', r => {
    delete r.scheduling;
    r.handler = handler;
    r.metadata.name = name;
  });

checkCases({
  check,
  finds: {
    'a handler of runhcs without scheduling': () => [
      bare('runhcs-wcow-process', 'process'),
      {severity: 'warning', subjects: ['RuntimeClass//process'], says: /runhcs-wcow-process/},
    ],
    'tolerations alone place nothing': () => [
      healthy().change('RuntimeClass', 'windows-2022', r => {
        delete r.scheduling.nodeSelector;
      }),
      {severity: 'warning', subjects},
    ],
    'a manifest, by its name': () => [bare('default').snapshot('files'), {severity: 'warning', subjects}],
    'a handler that only Windows nodes offer': () => [
      bare('own', 'own').change('Node', 'win-1', n => {
        n.status.runtimeHandlers = [{name: 'own'}];
      }),
      {severity: 'warning', subjects: ['RuntimeClass//own']},
    ],
  },
  passes: {
    'it selects its nodes': () => healthy(),
    'a handler of Linux': () => bare('gvisor', 'sandboxed'),
  },
  unknown: {
    'RuntimeClasses may not be listed': () => [healthy().without('runtimeClasses'), 'runtimeClasses'],
  },
});
