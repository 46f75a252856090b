/**
 * What the name of an image says about the Windows build inside. Tags of base images:
 * https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-base-images; bases of the pause
 * image: https://github.com/kubernetes/kubernetes/blob/master/build/pause/CHANGELOG.md.
 */
export const checkedAt = '2026-11-21';

/** Words that stand for a build wherever they appear in a tag. */
const LONG_TERM_TAGS: ReadonlyMap<string, number> = new Map([
  ['ltsc2016', 14393],
  ['ltsc2019', 17763],
  ['ltsc2022', 20348],
  ['ltsc2025', 26100],
]);

/** Numbers of releases, which mean a build only beside a word for Windows. */
const RELEASE_TAGS: ReadonlyMap<string, number> = new Map([
  ['1803', 17134],
  ['1809', 17763],
  ['1903', 18362],
  ['1909', 18363],
  ['2004', 19041],
  ['20h2', 19042],
  ['23h2', 25398],
]);

const WINDOWS_REPOSITORY = /(^|\/)mcr\.microsoft\.com\/windows(\/|$)/;
const LONG_TERM = /(?:^|[^a-z0-9])(ltsc20(?:16|19|22|25))(?:$|[^0-9])/;
const RELEASE =
  /(?:windows(?:servercore)?|servercore|nanoserver)(?:-amd64)?-(1803|1809|1903|1909|2004|20h2|23h2)(?:$|[^0-9])/;
const RELEASE_FIRST = /^(1803|1809|1903|1909|2004|20h2)(?:$|[^0-9])/;
const OS_VERSION = /(?:^|[^0-9.])10\.0\.(\d{5})(?:\.\d+)?(?:$|[^0-9])/;

/** The Windows build that an image's tag states; `undefined` for a tag of many platforms, a digest alone, or another OS. */
export function buildOfImage(image: string | undefined): number | undefined {
  const {repository, tag} = splitImage(image ?? '');
  if (tag === undefined) return undefined;
  const lower = tag.toLowerCase();
  const longTerm = LONG_TERM.exec(lower)?.[1];
  if (longTerm) return LONG_TERM_TAGS.get(longTerm);
  const version = OS_VERSION.exec(lower)?.[1];
  if (version) return Number(version);
  const release = RELEASE.exec(lower)?.[1];
  if (release) return RELEASE_TAGS.get(release);
  const first = WINDOWS_REPOSITORY.test(repository) ? RELEASE_FIRST.exec(lower)?.[1] : undefined;
  return first ? RELEASE_TAGS.get(first) : undefined;
}

/** Takes an image's name apart: `host:5000/repo:tag@digest`. */
export function splitImage(image: string): {repository: string; tag?: string; digest?: string} {
  const at = image.indexOf('@');
  const named = at === -1 ? image : image.slice(0, at);
  const digest = at === -1 ? undefined : image.slice(at + 1);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  return {
    repository: hasTag ? named.slice(0, colon) : named,
    ...(hasTag && {tag: named.slice(colon + 1)}),
    ...(digest !== undefined && {digest}),
  };
}

/** A pause image of registry.k8s.io and the Windows builds it has an entry for. */
export interface PauseImage {
  tag: string;
  builds: readonly number[];
}

/** Ascending by release. Between 3.4 and 3.6 bases were added, in 3.7 the short-lived releases were dropped. */
export const PAUSE_IMAGES: readonly PauseImage[] = [
  {tag: '3.4', builds: [17763, 18362, 18363, 19041]},
  {tag: '3.4.1', builds: [17763, 18362, 18363, 19041, 19042]},
  {tag: '3.5', builds: [17763, 18362, 18363, 19041, 19042]},
  {tag: '3.6', builds: [17763, 18362, 18363, 19041, 19042, 20348]},
  {tag: '3.7', builds: [17763, 20348]},
  {tag: '3.8', builds: [17763, 20348]},
  {tag: '3.9', builds: [17763, 20348]},
  {tag: '3.10', builds: [17763, 20348]},
  {tag: '3.10.1', builds: [17763, 20348]},
  {tag: '3.10.2', builds: [17763, 20348, 26100]},
];
