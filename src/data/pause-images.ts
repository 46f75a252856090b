import type {Version} from '../kube/version.ts';
import {compareVersions, parseVersion} from '../kube/version.ts';
import {splitImage} from './image-tags.ts';

/**
 * Pause images: what containerd uses where its configuration names none, and which images hold `wincat.exe`, by which
 * containerd before 2.0 forwards ports into Windows pods.
 * Defaults: https://github.com/containerd/containerd/blob/main/internal/cri/config/config.go at each tag. wincat:
 * https://github.com/Azure/AKS/issues/5460, https://github.com/aws/containers-roadmap/issues/1104,
 * https://github.com/rancher/rancher/issues/32577.
 */
export const checkedAt = '2026-11-21';

/** From which containerd on, ascending. A containerd before 2.0 says itself what it uses. */
const DEFAULTS: readonly {from: string; image: string}[] = [
  {from: '2.0.0', image: 'registry.k8s.io/pause:3.10'},
  {from: '2.2.0', image: 'registry.k8s.io/pause:3.10.1'},
  {from: '2.3.0', image: 'registry.k8s.io/pause:3.10.2'},
];

/** The pause image that a containerd uses by itself; `undefined` before 2.0. */
export function defaultPauseImage(containerd: Version): string | undefined {
  return DEFAULTS.findLast(({from}) => {
    const first = parseVersion(from);
    return first !== undefined && compareVersions(containerd, first) >= 0;
  })?.image;
}

/** Repositories by whether their Windows pause image holds wincat.exe. */
const WINCAT: readonly (readonly [RegExp, boolean])[] = [
  [/^mcr\.microsoft\.com\/oss\/v2\/kubernetes\/pause$/, false],
  [/^(?:[a-z0-9.-]+\.)?amazonaws\.com(?:\.cn)?\/eks\/pause-windows$/, false],
  [/(?:^|\/)rancher\/(?:mirrored-)?pause$/, false],
  [/^mcr\.microsoft\.com\/oss\/kubernetes\/pause$/, true],
  [/^(?:registry\.k8s\.io|k8s\.gcr\.io)\/pause$/, true],
];

/** Whether a pause image holds wincat.exe, by its name; null where the name says nothing. */
export function pauseImageHasWincat(image: string): boolean | null {
  const {repository} = splitImage(image);
  return WINCAT.find(([pattern]) => pattern.test(repository))?.[1] ?? null;
}
