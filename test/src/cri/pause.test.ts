import test from 'ava';
import {readContainerdConfig} from '../../../src/cri/config/read.ts';
import {pauseReport} from '../../../src/cri/pause.ts';
import {readCriStatus, readCriVersion} from '../../../src/node/cri.ts';
import {readImages} from '../../../src/node/images.ts';
import {readSandboxes} from '../../../src/node/sandboxes.ts';

const IMAGE = 'registry.k8s.io/pause:3.10.1';
const image = (name: string, rest: object = {}) => ({
  id: `sha256:${name}`,
  repoTags: [name],
  repoDigests: [`${name.split(':')[0]}@sha256:${'d'.repeat(64)}`],
  size: '1000',
  pinned: true,
  info: {imageSpec: {os: 'windows', 'os.version': '10.0.20348.2700'}},
  ...rest,
});
const images = (...names: string[]) => ({images: names.map(name => image(name))});
const sandbox = (name: string, createdAt = '1700000000000000000', state = 'SANDBOX_READY') => ({
  id: name,
  state,
  createdAt,
  info: {image: name},
});
const config = (text: string) => readContainerdConfig([{file: 'config.toml', text: `version = 3\n${text}`}]);
const pinned = (name: string) =>
  config(`[plugins.'io.containerd.cri.v1.images'.pinned_images]\nsandbox = '${name}'`);

/** The report on files of `cri/` as they stand in a bundle. */
function report(files: {
  version?: unknown;
  status?: unknown;
  images?: unknown;
  sandboxes?: unknown;
  config?: ReturnType<typeof config>;
}) {
  const version = readCriVersion(files.version);
  const status = readCriStatus(files.status);
  return pauseReport({
    ...(version && {version}),
    ...(status && {status}),
    ...('images' in files && {images: readImages(files.images)}),
    ...('sandboxes' in files && {sandboxes: readSandboxes(files.sandboxes)}),
    ...(files.config && {config: files.config}),
  });
}

const configured = (evidence: Parameters<typeof report>[0]) => report(evidence).configured;
const wincat = (name: string) => report({config: pinned(name), images: {images: []}}).image?.hasWincat;

test('containerd 1.x says itself which image it uses', t => {
  const found = report({
    status: {config: {sandboxImage: IMAGE}},
    images: images(IMAGE),
    sandboxes: {items: [sandbox(IMAGE), sandbox(IMAGE)]},
  });
  t.deepEqual(found.configured, {image: IMAGE, from: 'status'});
  t.deepEqual(found.seen, [{image: IMAGE, sandboxes: 2}]);
  t.like(found.image, {
    present: true,
    pinned: true,
    osVersion: '10.0.20348.2700',
    size: 1000,
    hasWincat: true,
  });
  t.deepEqual(found.disagreements, []);
});

test('without that the configuration counts, then what runs, then what is pinned, then the default', t => {
  const version = {runtimeVersion: 'v2.3.1'};
  t.deepEqual(configured({version, config: pinned(IMAGE)}), {image: IMAGE, from: 'config'});
  t.deepEqual(configured({version, config: config('')}), {
    image: 'registry.k8s.io/pause:3.10.2',
    from: 'default',
  });
  const sandboxes = {
    items: [
      sandbox('old:1'),
      sandbox('new:1', '1700000001000000000'),
      sandbox('gone:1', '1900000000000000000', 'SANDBOX_NOTREADY'),
    ],
  };
  t.deepEqual(configured({version, sandboxes}), {image: 'new:1', from: 'sandbox'});
  t.deepEqual(configured({version, images: images(IMAGE, 'docker.io/library/web:1')}), {
    image: IMAGE,
    from: 'pinned',
  });
  t.deepEqual(configured({version}), {image: 'registry.k8s.io/pause:3.10.2', from: 'default'});
  t.is(configured({}), null);
  t.is(configured({version: {runtimeVersion: '1.19'}}), null);
});

test('a configuration that does not parse gives no default', t => {
  const broken = readContainerdConfig([{file: 'config.toml', text: '['}]);
  const found = report({
    version: {runtimeVersion: '2.2.0'},
    config: broken,
    sandboxes: {items: [sandbox('a:1')]},
  });
  t.deepEqual(found.configured, {image: 'a:1', from: 'sandbox'});
});

test('an image that is not on the node is absent, and unknown where nobody could list images', t => {
  t.like(report({config: pinned(IMAGE), images: images('a:1')}).image, {present: false, id: null});
  t.is(report({config: pinned(IMAGE)}).image, null);
});

test('other images in handlers, in sandboxes and in the configuration disagree', t => {
  const text = `[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = 'registry.k8s.io/pause:3.9'
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.h.options]
SandboxImage = 'registry.k8s.io/pause:3.8'`;
  const found = report({
    status: {config: {sandboxImage: IMAGE}},
    config: config(text),
    sandboxes: {items: [sandbox('registry.k8s.io/pause:3.7')]},
  });
  t.deepEqual(found.disagreements, [
    {where: 'config', subject: 'config.toml', image: 'registry.k8s.io/pause:3.9'},
    {where: 'handler', subject: 'h', image: 'registry.k8s.io/pause:3.8'},
    {where: 'sandbox', subject: '1', image: 'registry.k8s.io/pause:3.7'},
  ]);
});

test('two names of one image are one image', t => {
  const found = report({
    status: {config: {sandboxImage: 'pause:1'}},
    images: {
      images: [
        image('docker.io/library/pause:1', {repoTags: ['docker.io/library/pause:1', 'mirror.local/pause:1']}),
      ],
    },
    sandboxes: {items: [sandbox('mirror.local/pause:1'), sandbox('sha256:docker.io/library/pause:1')]},
  });
  t.true(found.image?.present);
  t.deepEqual(found.disagreements, []);
});

test('whether wincat.exe is inside is told by names that are known for it', t => {
  t.true(wincat('registry.k8s.io/pause:3.10.2'));
  t.true(wincat('mcr.microsoft.com/oss/kubernetes/pause:3.9'));
  t.false(wincat('mcr.microsoft.com/oss/v2/kubernetes/pause:3.10.1'));
  t.false(wincat('amazonaws.com/eks/pause-windows:latest'));
  t.false(wincat('rancher/mirrored-pause:3.6'));
  t.is(wincat('registry.example/infra/pause:1'), null);
});

test('of evidence that is anything nothing is made', t => {
  for (const odd of [{images: 'x'}, {images: [1, null, {}]}, {items: [{}]}, {config: {sandboxImage: 7}}]) {
    t.is(report({images: odd, sandboxes: odd, status: odd, version: odd}).configured, null);
  }
});
