import {classifyPull} from '../../data/pull-errors.ts';
import {collected} from '../../snapshot/evidence.ts';
import type {Fail} from '../define.ts';
import {defineCheck, pass} from '../define.ts';
import type {ImageError, SickPod} from './shared/image-errors.ts';
import {failOf, imageErrors, isOfSandbox, nameOfImage} from './shared/image-errors.ts';

const PULL_REASONS: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'RegistryUnavailable',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
]);
const PULL_FAILED = /^Failed to pull image /;

export default defineCheck({
  id: 'IMG011',
  name: 'image-pull-failing',
  severity: 'error',
  since: '0.1.0',
  title: 'Images cannot be pulled',
  evidence: ['A'],
  needs: ['workloads', 'events'],
  wants: ['nodes', 'runtimeClasses'],
  docs: {
    what: 'Windows pods with a container in ErrImagePull, ImagePullBackOff, InvalidImageName, ErrImageNeverPull or ImageInspectError. The class is told by the words of the error, in the state or in events of the last hour: image absent, unauthorised, rate limit, proxy, TLS, DNS, unreachable, too slow, disk full. A pull that found no entry for Windows is IMG002’s.',
    why: 'The pod never starts. Windows nodes often have a proxy, DNS and certificates of their own, so that the same image pulls on Linux.',
    fix: [
      '`kubectl describe pod -n NAMESPACE POD`: the event with the error of the registry.',
      'Try it on the node: `crictl pull IMAGE`.',
    ],
    links: ['https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff'],
  },
  *run({workloads, events, now, wants}) {
    const context = {...wants, events: collected(events), now};
    for (const {workload, sick} of imageErrors(workloads, context)) {
      const fails = sick.flatMap(failsOfPod);
      yield* fails;
      if (fails.length === 0) yield pass(workload.owner);
    }
  },
});

/** One fail for each image that a pod waits for. */
function failsOfPod({errors}: SickPod): Fail[] {
  const pulls = errors.filter(isPull);
  const waiting = pulls.filter(e => PULL_REASONS.has(e.reason));
  // Images that came meanwhile leave their events behind.
  if (waiting.length === 0 || pulls.some(isOthers)) return [];
  return [...new Set(waiting.map(e => e.image))].flatMap(image => {
    const ofImage = pulls.filter(e => e.image === image);
    const told = ofImage.find(e => classifyPull(e.reason, e.text)) ?? ofImage[0];
    return told ? [failOfPull(told)] : [];
  });
}

function isPull(error: ImageError): boolean {
  return !isOfSandbox(error) && (PULL_REASONS.has(error.reason) || PULL_FAILED.test(error.text));
}

/** Errors that another check names better. */
function isOthers({known}: ImageError): boolean {
  return known?.judgedBy !== undefined && known.judgedBy !== 'IMG011';
}

function failOfPull(error: ImageError): Fail {
  const name = nameOfImage(error);
  const pull = classifyPull(error.reason, error.text);
  if (pull) {
    return failOf(error, {
      cause: pull.id,
      message: `${name} cannot be pulled: ${pull.says}`,
      fix: [...pull.fix],
    });
  }
  const layer = error.known;
  if (layer) {
    return failOf(error, {
      cause: layer.id,
      message: `${name} cannot be unpacked: ${layer.meaning}`,
      fix: [...layer.remedy],
      links: [...layer.links],
    });
  }
  return failOf(error, {cause: 'other', message: `${name} cannot be pulled: ${error.text || error.reason}`});
}
