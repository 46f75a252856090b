import test from 'ava';
import {osAdvisory} from '../../../src/data/advisories.ts';
import {buildName, imageRunsOn} from '../../../src/data/builds.ts';
import {missedSupport, parseRuntime} from '../../../src/data/containerd.ts';
import {buildOfImage, splitImage} from '../../../src/data/image-tags.ts';
import {isFaulty, parseVersion} from '../../../src/kube/version.ts';

const version = (text: string) => parseVersion(text) ?? {major: 0, minor: 0, patch: 0};

test('which image build runs on which host, as Microsoft and containerd have it', t => {
  const runs: [number, number[]][] = [
    [17763, [17763]],
    [20348, [20348]],
    [25398, [20348, 25398]],
    [26100, [20348, 25398, 26100]],
    [26200, [26100, 26200]],
  ];
  const images = [14393, 17763, 19042, 20348, 25398, 26100, 26200];
  for (const [host, expected] of runs) {
    t.deepEqual(
      images.filter(image => imageRunsOn(image, host)),
      expected,
      String(host),
    );
  }
  t.is(buildName(20348), 'Windows Server 2022 (20348)');
  t.is(buildName(12345), 'build 12345');
});

test('tags that state a build', t => {
  const cases: [string, number | undefined][] = [
    ['mcr.microsoft.com/windows/servercore:ltsc2019', 17763],
    ['mcr.microsoft.com/windows/nanoserver:1809-amd64', 17763],
    ['mcr.microsoft.com/windows/servercore/iis:windowsservercore-ltsc2022', 20348],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-nanoserver-1809', 17763],
    ['mcr.microsoft.com/dotnet/aspnet:9.0-nanoserver-ltsc2025@sha256:00', 26100],
    ['registry:5000/app:10.0.20348.2582', 20348],
    ['registry:5000/app:v1.2-10.0.26100', 26100],
    ['example/app:windows-amd64-1809', 17763],
    ['mcr.microsoft.com/windows/servercore:20H2', 19042],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', undefined],
    ['example/app:1809', undefined],
    ['example/app:2004', undefined],
    ['example/ltsc2022', undefined],
    ['example/app@sha256:00', undefined],
    ['example/app:110.0.20348', undefined],
    ['', undefined],
  ];
  for (const [image, build] of cases) t.is(buildOfImage(image), build, image);
});

test('an image name is taken apart', t => {
  t.deepEqual(splitImage('host:5000/a/b'), {repository: 'host:5000/a/b'});
  t.deepEqual(splitImage('localhost:5000/app'), {repository: 'localhost:5000/app'});
  t.deepEqual(splitImage('localhost:5000/app:1@sha256:ab'), {
    repository: 'localhost:5000/app',
    tag: '1',
    digest: 'sha256:ab',
  });
  t.deepEqual(splitImage('a:b@sha256:1'), {repository: 'a', tag: 'b', digest: 'sha256:1'});
});

test('runtime versions are read past what distributions append, and junk is none', t => {
  t.deepEqual(parseRuntime('containerd://1.7.20+azure')?.version, version('1.7.20'));
  t.deepEqual(parseRuntime('containerd://2.1.6-k3s1')?.version, version('2.1.6'));
  t.deepEqual(parseRuntime('containerd://1.6.28+unknown')?.version, version('1.6.28'));
  t.is(parseRuntime('containerd://1.19')?.version, undefined);
  t.is(parseRuntime('containerd://Unknown')?.version, undefined);
  t.is(parseRuntime('docker://20.10.24')?.name, 'docker');
  t.is(parseRuntime(''), undefined);
});

test('containerd is held against the Kubernetes version of its node', t => {
  const cases: [string, string, boolean][] = [
    ['1.7.28', '1.35.4', true],
    ['1.7.27', '1.35.4', false],
    ['1.6.39', '1.35.0', false],
    ['2.0.7', '1.35.0', false],
    ['2.3.0', '1.35.0', true],
    ['2.1.9', '1.36.1', false],
    ['2.4.0', '1.37.0', true],
    ['1.6.35', '1.33.2', false],
    ['1.6.20', '1.30.0', true],
    ['1.5.11', '1.27.0', false],
    ['1.4.0', '1.23.0', true],
  ];
  for (const [runtime, kubernetes, good] of cases) {
    t.is(
      missedSupport(version(runtime), version(kubernetes)) === undefined,
      good,
      `${runtime} ${kubernetes}`,
    );
  }
});

test('a fault ends with the first good release of a line', t => {
  const range = {introduced: '1.31.0', fixed: ['1.32.6', '1.33.2']};
  const bad = ['1.31.0', '1.31.14', '1.32.5', '1.33.1'];
  const good = ['1.30.9', '1.32.6', '1.33.2', '1.34.0'];
  t.deepEqual(
    [...bad, ...good].filter(v => isFaulty(version(v), range)),
    bad,
  );
});

test('the bad revisions of Server 2022 end where KB5044281 begins', t => {
  t.is(osAdvisory(20348, 2581), undefined);
  t.is(osAdvisory(20348, 2582)?.id, 'KB5040437');
  t.is(osAdvisory(20348, 2761)?.fixedBy, 'KB5044281');
  t.is(osAdvisory(20348, 2762), undefined);
  t.is(osAdvisory(26100, 2600), undefined);
});
