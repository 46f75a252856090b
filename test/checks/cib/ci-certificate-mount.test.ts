import check from '../../../src/checks/cib/ci-certificate-mount.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {buildPod, ciFarm, withPipeline} from '../../helpers/ci.ts';

const mounting = (mountPath: string) =>
  withPipeline(settings => (settings.volumes = [{mountPath, type: 'Secret', spec: {secretName: 'ca'}}]));
const podMounting = (mountPath: string) =>
  ciFarm()
    .remove('Pod', 'builds/build-1')
    .add(
      buildPod(spec => {
        spec.volumes = [{name: 'v', secret: {secretName: 'ca'}}];
        spec.containers[1].volumeMounts = [{name: 'v', mountPath}];
      }),
    );
const pipeline = {severity: 'error' as const, subjects: ['Pipeline//store']};

checkCases({
  check,
  finds: {
    'a stage that mounts the folder of certificates': () => [mounting('/etc/ssl/certs'), pipeline],
    'a stage that mounts a file': () => [
      mounting('C:\\trust\\corporate.crt'),
      {...pipeline, says: /corporate\.crt/},
    ],
    'a stage that mounts below a folder of that name': () => [mounting('C:\\certs\\x'), pipeline],
    'a build pod that mounts one': () => [
      podMounting('/opt/ca-bundle/ca.pem'),
      {severity: 'error', subjects: ['Pod/builds/build-1']},
    ],
  },
  passes: {
    'a stage without volumes': () => withPipeline(),
    'a volume for something else': () => mounting('C:\\cache'),
    'a path that only begins alike': () => mounting('C:\\certainly'),
    'a path that the run will tell': () => mounting('<+input>/certs'),
    'the token of the account': () => podMounting('/var/run/secrets/kubernetes.io/serviceaccount'),
    'a Linux stage may mount them': () =>
      withPipeline(settings =>
        Object.assign(settings, {os: 'Linux', nodeSelector: {}, volumes: [{mountPath: '/etc/ssl/certs'}]}),
      ),
  },
  unknown: {'the workloads are missing': () => [ciFarm().without('workloads'), 'workloads']},
});
