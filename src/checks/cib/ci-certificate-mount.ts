import {containersOf} from '../../kube/containers.ts';
import {isRecord} from '../../kube/shape.ts';
import type {Outcome} from '../define.ts';
import {defineCheck, failSpec, pass, specRef} from '../define.ts';
import type {BuildPod} from './shared/build-pods.ts';
import {NO_WINDOWS_BUILD, windowsBuildPodsOf} from './shared/build-pods.ts';
import {WINDOWS_BUILDS} from './shared/links.ts';
import type {StagePlace} from './shared/stages.ts';
import {failSetting, literal, owningStagesOf, stageName, windowsStagesOf} from './shared/stages.ts';

/** Paths that hold trusted certificates, and files that are certificates. */
const CERTIFICATE_PATH =
  /(\.(crt|cer|pem|pfx|p12|jks)$)|([\\/](ssl|pki|ca-certificates|ca-trust|ca-bundle|certs?|certificates)([\\/]|$))/i;

export default defineCheck({
  id: 'CIB011',
  name: 'ci-certificate-mount',
  severity: 'error',
  since: '0.1.0',
  title: 'Certificates are mounted into a Windows build pod',
  evidence: ['A', 'M'],
  needs: ['workloads'],
  wants: ['pipelines', 'ciRequest', 'nodes', 'runtimeClasses'],
  docs: {
    what: "Looks at the volumes of a Windows stage's infrastructure and at the mounts of Windows build pods for paths that are certificates or folders of them.",
    why: 'Windows trusts what is in its certificate store and reads no file at such a path, so mounting one changes nothing: TLS to your servers still fails. The delegate can mount certificates into Linux build pods only.',
    fix: [
      'Import the certificate in the image: `RUN certutil -addstore Root C:\\ca.crt` in its Dockerfile.',
      'Or import it in the first step of the stage, which runs as an administrator of its container: `Import-Certificate -FilePath ca.crt -CertStoreLocation Cert:\\LocalMachine\\Root`.',
    ],
    links: [WINDOWS_BUILDS, 'https://learn.microsoft.com/powershell/module/pki/import-certificate'],
  },
  *run({workloads, wants}): Iterable<Outcome> {
    const stages = owningStagesOf(windowsStagesOf(wants.pipelines));
    const pods = windowsBuildPodsOf(workloads, wants.ciRequest, wants);
    if (stages.length + pods.length === 0) yield NO_WINDOWS_BUILD;
    for (const place of stages) yield* judgeStage(place);
    for (const pod of pods) yield* judgePod(pod);
  },
});

function* judgeStage(place: StagePlace): Iterable<Outcome> {
  const {volumes} = place.settings;
  let right = true;
  for (const [i, volume] of (Array.isArray(volumes) ? (volumes as unknown[]) : []).entries()) {
    const path = isRecord(volume) ? literal(volume['mountPath']) : undefined;
    if (path === undefined || !CERTIFICATE_PATH.test(path)) continue;
    right = false;
    yield failSetting(place, `/volumes/${i}/mountPath`, {
      cause: 'stage-volume',
      message: `Windows stage "${stageName(place)}" mounts certificates at \`${path}\`, where nothing on Windows reads them`,
      value: path,
    });
  }
  if (right) yield pass(place.pipeline);
}

function* judgePod({workload, view}: BuildPod): Iterable<Outcome> {
  let right = true;
  for (const {container, pointer} of containersOf(view.spec)) {
    for (const [i, {mountPath}] of (container.volumeMounts ?? []).entries()) {
      // The account's token comes with the cluster's own certificate, and is read by path.
      if (mountPath.includes('serviceaccount') || !CERTIFICATE_PATH.test(mountPath)) continue;
      right = false;
      yield failSpec(workload, {
        cause: 'pod-mount',
        message: `container "${container.name}" of a Windows build pod mounts certificates at \`${mountPath}\`, where nothing on Windows reads them`,
        evidence: [specRef(view, `${pointer}/volumeMounts/${i}/mountPath`, mountPath)],
      });
    }
  }
  if (right) yield pass(workload.owner);
}
