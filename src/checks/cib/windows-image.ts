/** Windows builds by the names that base images carry (https://mcr.microsoft.com/product/windows/servercore/about). */
const BUILDS: ReadonlyMap<string, number> = new Map([
  ['ltsc2016', 14393],
  ['1607', 14393],
  ['1709', 16299],
  ['1803', 17134],
  ['ltsc2019', 17763],
  ['1809', 17763],
  ['1903', 18362],
  ['1909', 18363],
  ['2004', 19041],
  ['20h2', 19042],
  ['ltsc2022', 20348],
  ['23h2', 25398],
  ['ltsc2025', 26100],
]);

const WINDOWS_NAME = /windows|nanoserver|servercore|winamd64/i;

/**
 * The Windows build that an image's tag names: `…:windowsservercore-ltsc2022` is 20348. Undefined where the name gives
 * none. Bare numbers such as `2004` count only in names that speak of Windows: elsewhere they are dates and versions.
 */
export function buildOfImageName(image: string): number | undefined {
  const tag = tagOf(image);
  const full = /(?:^|[^\d.])10\.0\.(\d{5})(?!\d)/.exec(tag);
  if (full) return Number(full[1]);
  for (const word of tag.toLowerCase().split(/[-_.]/)) {
    const build = BUILDS.get(word.replace(/^windows/, ''));
    if (build !== undefined && (word.startsWith('ltsc') || WINDOWS_NAME.test(image))) return build;
  }
  return undefined;
}

/** Whether an image is named as one on Nano Server. */
export function isNanoServer(image: string): boolean {
  return /nanoserver/i.test(image);
}

/** The tag of an image reference; empty where it has none. A port in the registry's name is no tag. */
function tagOf(image: string): string {
  const name = image.split('@')[0] ?? '';
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  return colon < 0 ? '' : last.slice(colon + 1);
}
