import test from 'ava';
import {readContainerdConfig} from '../../../../src/cri/config/read.ts';
import {redactToml} from '../../../../src/cri/config/redact.ts';
import {testWithSample} from '../../../helpers/samples.ts';

const file = (text: string, name = 'config.toml') => ({file: name, text});
const read = (...texts: string[]) =>
  readContainerdConfig(texts.map((text, index) => file(text, `${index}.toml`)));

test('the pause image and the handlers are found in every version', t => {
  const handler = 'runtime_type = "io.containerd.runhcs.v1"';
  const options = 'SandboxImage = "other:1"\nSandboxIsolation = 1';
  const v1 = `[plugins.cri]\nsandbox_image = "p:1"\n[plugins.cri.containerd.runtimes.h]\n${handler}\n[plugins.cri.containerd.runtimes.h.options]\n${options}`;
  const v2 = `version = 2\n${v1.replaceAll('plugins.cri', 'plugins."io.containerd.grpc.v1.cri"')}`;
  const v3 = (version: number) =>
    `version = ${version}\n[plugins.'io.containerd.cri.v1.images'.pinned_images]\nsandbox = "p:1"\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.h]\n${handler}\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.h.options]\n${options}`;
  for (const [version, text] of [
    [1, v1],
    [2, v2],
    [3, v3(3)],
    [4, v3(4)],
  ] as const) {
    const config = read(text);
    t.is(config.version, version);
    t.is(config.sandboxImage, 'p:1');
    t.deepEqual(config.runtimes, [
      {name: 'h', type: 'io.containerd.runhcs.v1', sandboxImage: 'other:1', isolation: 1},
    ]);
    t.deepEqual(config.problems, []);
  }
});

test('a section of another version is not read, as containerd does not read it', t => {
  t.is(
    read(`version = 3\n[plugins."io.containerd.grpc.v1.cri"]\nsandbox_image = "p:1"`).sandboxImage,
    undefined,
  );
  t.is(read(`version = 2\n[plugins.cri]\nsandbox_image = "p:1"`).sandboxImage, undefined);
});

test('up to 1.x a later file replaces the section, from 2.0 on it is laid over it', t => {
  const cri = '[plugins."io.containerd.grpc.v1.cri"]';
  const main = `version = 2\n${cri}\nsandbox_image = "p:1"\n[plugins."io.containerd.grpc.v1.cri".cni]\nconf_dir = "/a"`;
  const later = `version = 2\n${cri}\nsandbox_image = "p:2"`;
  const files = [file(main, 'a'), file(later, 'b')];
  t.like(readContainerdConfig(files), {sandboxImage: 'p:2', cni: {confDir: undefined}});
  t.like(readContainerdConfig(files, 2), {sandboxImage: 'p:2', cni: {confDir: '/a'}});
  const other = file('version = 2\n[debug]\nlevel = "debug"', 'c');
  t.like(readContainerdConfig([file(main, 'a'), other]), {sandboxImage: 'p:1', logLevel: 'debug'});
});

test('what version 4 moved is found in its new place', t => {
  const config = read(
    `version = 4\nroot = '/r'\n[plugins.'io.containerd.server.v1.grpc']\naddress = '/run/c.sock'`,
  );
  t.like(config, {address: '/run/c.sock', root: '/r', problems: []});
});

test('a file that is no TOML is told with its line, and nothing of its text', t => {
  const config = readContainerdConfig([file('version = 2\n[a\npassword = "hunter2"')]);
  t.is(config.problems.length, 1);
  t.like(config.problems[0], {file: 'config.toml', line: 2, problem: 'invalid'});
  t.false(JSON.stringify(config).includes('hunter2'));
});

test('a version that no containerd knows is a problem, and so is a drop-in above the main file', t => {
  t.like(read('version = 9').problems[0], {problem: 'unknown-version'});
  t.like(read('version = 2', 'version = 3').problems[0], {problem: 'version-too-high', file: '1.toml'});
});

test('the older spelling of the default handler counts, an empty one of a dumped file does not', t => {
  const table = '[plugins.cri.containerd.default_runtime]';
  t.like(read(`${table}\nruntime_type = "io.containerd.runhcs.v1"`).runtimes, [{name: 'default'}]);
  t.deepEqual(read(`${table}\nruntime_type = ""`).runtimes, []);
});

testWithSample('AKS with containerd 2', 'node/aks-config-v3-containerd2.template.toml', (t, text) => {
  const config = readContainerdConfig([file(redactToml(filled(text)))]);
  t.like(config, {
    version: 3,
    sandboxImage: 'mcr.microsoft.com/oss/kubernetes/pause:3.10',
    snapshotter: 'windows',
    defaultRuntime: 'default_runtime',
    cni: {confDir: 'C:\\k\\azurecni\\netconf'},
    address: '\\\\.\\pipe\\containerd-containerd',
    problems: [],
  });
  t.deepEqual(
    config.runtimes.map(({name, sandboxImage}) => [name, sandboxImage]),
    [
      ['default_runtime', 'mcr.microsoft.com/oss/kubernetes/pause:3.10'],
      ['runhcs-wcow-process', 'mcr.microsoft.com/oss/kubernetes/pause:3.10'],
    ],
  );
});

testWithSample('AKS with containerd 1', 'node/aks-config-v1-containerd1.template.toml', (t, text) => {
  t.like(readContainerdConfig([file(redactToml(filled(text)))]), {
    version: 1,
    sandboxImage: 'mcr.microsoft.com/oss/kubernetes/pause:3.10',
    problems: [],
  });
});

testWithSample('OpenShift', 'node/openshift-wmco-config-v2.toml', (t, text) => {
  t.like(readContainerdConfig([file(redactToml(text))]), {
    version: 2,
    sandboxImage: 'mcr.microsoft.com/oss/kubernetes/pause:3.9',
    defaultRuntime: 'runhcs-wcow-process',
    cni: {confDir: 'C:\\k\\cni\\config', binDirs: ['C:\\k\\cni']},
    disabledPlugins: ['io.containerd.nri.v1.nri'],
    problems: [],
  });
});

function filled(template: string): string {
  return template
    .replaceAll('{{pauseImage}}', 'mcr.microsoft.com/oss/kubernetes/pause:3.10')
    .replaceAll('{{sandboxIsolation}}', '0')
    .replaceAll(
      '{{cnibin}}',
      template.includes("'{{cnibin}}'") ? 'C:\\k\\azurecni\\bin' : 'C:/k/azurecni/bin',
    )
    .replaceAll(
      '{{cniconf}}',
      template.includes("'{{cniconf}}'") ? 'C:\\k\\azurecni\\netconf' : 'C:/k/azurecni/netconf',
    )
    .replaceAll(/\{\{\w+\}\}/g, '');
}
