import check from '../../../src/checks/img/image-pull-failing.ts';
import {checkCases} from '../../helpers/check-cases.ts';
import {healthy} from '../../helpers/cluster.ts';
import test from 'ava';
import {image, waiting, withEvent} from './waiting.ts';
import {imageErrors} from '../../../src/checks/img/shared/image-errors.ts';

const fails =
  (text: string, cause: string) =>
  (): [ReturnType<typeof healthy>, {subjects: string[]; cause: string; severity: 'error'}] => [
    waiting('ErrImagePull', text, image('registry.example/app:1')),
    {severity: 'error', subjects: ['Deployment/shop/web'], cause},
  ];

checkCases({
  check,
  finds: {
    'the image is absent': fails(
      'failed to resolve reference "registry.example/app:1": registry.example/app:1: not found',
      'absent',
    ),
    'credentials are refused': fails(
      'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
      'unauthorised',
    ),
    'the registry limits the rate': fails(
      'unexpected status code 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit.',
      'rate-limit',
    ),
    'the proxy refuses': fails(
      'failed to do request: Head "https://registry.example/v2/": proxyconnect tcp: dial tcp 10.0.0.5:3128: connectex: refused',
      'proxy',
    ),
    'the certificate is not trusted': fails(
      'failed to do request: tls: failed to verify certificate: x509: certificate signed by unknown authority',
      'tls',
    ),
    'the name of the registry is not resolved': fails(
      'failed to do request: dial tcp: lookup registry.example: no such host',
      'dns',
    ),
    'the registry is not reached': fails(
      'failed to do request: dial tcp 192.0.2.7:443: connectex: A connection attempt failed',
      'unreachable',
    ),
    'it takes too long': fails(
      'failed to copy: httpReadSeeker: failed open: context deadline exceeded',
      'too-slow',
    ),
    'the disk is full': fails('failed to extract layer: There is not enough space on the disk.', 'disk-full'),
    'the layer cannot be unpacked': fails(
      'failed to extract layer sha256:ab: hcsshim::ProcessBaseLayer C:\\layers\\1: Access is denied.',
      'layer-access-denied',
    ),
    'words that nobody knows': fails('the moon is in the way', 'other'),
    'the reason stands in the event only': () => [
      withEvent(
        'Failed',
        'Failed to pull image "registry.example/app:1": unauthorized: authentication required',
        waiting(
          'ImagePullBackOff',
          'Back-off pulling image "registry.example/app:1"',
          image('registry.example/app:1'),
        ),
      ),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'unauthorised'},
    ],
    'the name is none': () => [
      waiting('InvalidImageName', 'couldn\'t parse image name "App Name": invalid reference format'),
      {severity: 'error', subjects: ['Deployment/shop/web'], cause: 'name-invalid'},
    ],
  },
  passes: {
    'every image is there': () => healthy(),
    'a pull that found no entry for Windows is IMG002’s': () =>
      waiting('ErrImagePull', 'no match for platform in manifest: not found'),
    'an old event of a pod that only starts slowly': () =>
      withEvent('Failed', 'Failed to pull image "x": unauthorized', waiting('ContainerCreating', '')),
    'a Linux pod': () =>
      healthy().change('Pod', 'kube-system/coredns-0', p => {
        p.status.phase = 'Pending';
        p.status.conditions = [];
        p.status.containerStatuses[0].state = {waiting: {reason: 'ErrImagePull', message: 'not found'}};
      }),
  },
  unknown: {'events may not be listed': () => [healthy().without('events'), 'events']},
});

test('a million characters of an error are read in no time', t => {
  const cluster = waiting('ErrImagePull', 'lookup '.repeat(150_000));
  const {evidence, now} = cluster.snapshot();
  const missing = {ok: false, reason: 'denied', detail: ''} as const;
  const context = {
    nodes: evidence.nodes ?? missing,
    events: evidence.events ?? missing,
    runtimeClasses: missing,
    now: Date.parse(now),
  };
  const workloads = evidence.workloads?.ok ? evidence.workloads.value : [];
  const start = performance.now();
  t.true(imageErrors(workloads, context).some(w => w.sick.some(s => s.errors.length === 1)));
  t.true(performance.now() - start < 500);
});
