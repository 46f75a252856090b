import test from 'ava';
import {checks} from '../../../src/checks/cib/index.ts';
import {judge} from '../../../src/checks/engine.ts';
import {loadManifests} from '../../../src/manifests/load.ts';

const TEXT = `# a pipeline of a team
pipeline:
  name: Store
  identifier: store
  stages:
    - parallel:
        - stage:
            name: build
            identifier: build
            type: CI
            spec:
              infrastructure:
                type: KubernetesDirect
                spec:
                  connectorRef: farm
                  os: Windows
                  nodeSelector:
                    kubernetes.io/os: windows
                  runAsUser: '1000'
              execution:
                steps:
                  - stepGroup:
                      steps:
                        - step:
                            type: BuildAndPushGAR
                            name: push
        - stage:
            name: sign
            identifier: sign
            type: CI
            spec:
              infrastructure:
                useFromStage: build
              execution:
                steps:
                  - step:
                      type: Run
                      name: sign
                      spec:
                        image: mcr.microsoft.com/windows/nanoserver:ltsc2022
`;

test('findings of a pipeline point at its lines, and a borrowed infrastructure is blamed once', t => {
  const {snapshot, locate} = loadManifests([{name: 'ci.yaml', text: TEXT}], {
    now: '2026-09-01T12:00:00Z',
    name: 'ci.yaml',
  });
  const found = judge(snapshot, checks).fails.flatMap(({check, fails}) =>
    fails.map(fail => {
      const [first] = fail.evidence;
      const location = first && locate(first).location;
      return `${check.id} ${fail.cause} ${location?.file ?? ''}:${location?.line ?? ''}`;
    }),
  );
  t.deepEqual(found.sort(), [
    'CIB003 nano-server ci.yaml:40',
    'CIB004 stage-user ci.yaml:19',
    'CIB005 build-and-push ci.yaml:25',
    // What is missing is looked for in the block that should hold it.
    'CIB014 namespace-missing ci.yaml:14',
  ]);
});
