import {splitImage} from '../data/image-tags.ts';

/** Images that exist only for Windows, by their repository or tag (CHECKS.md SCH002). */
const WINDOWS_IMAGE =
  /(^|\/)mcr\.microsoft\.com\/windows(\/|:|$)|mcr\.microsoft\.com\/dotnet\/[^:]+:[^@]*(windowsservercore|nanoserver)|(^|\/)winamd64\/|[:/-](windowsservercore|nanoserver|servercore)([-:./]|$)|:[^@]*(ltsc20(16|19|22|25)|windows-?(1809|ltsc))/i;

/** No registry takes a longer name; what is longer is not looked at. */
const MAX_IMAGE_NAME = 512;

/** The OS that an image's name gives away; most names give none. */
export function osOfImageName(image: string | undefined): 'windows' | undefined {
  return image !== undefined && image.length <= MAX_IMAGE_NAME && WINDOWS_IMAGE.test(image)
    ? 'windows'
    : undefined;
}

/** Images of Docker's own library that were never built for Windows. */
const LINUX_LIBRARY = new Set(
  'alpine amazonlinux busybox centos debian fedora haproxy httpd mariadb memcached mysql nginx postgres rabbitmq redis ubuntu'.split(
    ' ',
  ),
);
/** Repositories that exist only for Linux: the sidecars that meshes inject. */
const LINUX_REPOSITORY =
  /(^|\/)(istio\/proxyv2|asm\/proxyv2|linkerd\/proxy|envoyproxy\/envoy|vault-k8s|distroless\/[\w-]+)$/i;
/** Names of Linux distributions in a tag. */
const LINUX_TAG = /(^|[^a-z])(alpine|bookworm|bullseye|buster|trixie|jammy|focal|noble|distroless)/i;

/** Whether an image's name shows that it exists only for Linux; most names show nothing. */
export function isLinuxOnlyImage(image: string | undefined): boolean {
  if (image === undefined || image.length > MAX_IMAGE_NAME || osOfImageName(image) === 'windows')
    return false;
  const {repository, tag = ''} = splitImage(image);
  const library = repository.replace(/^(docker\.io\/)?(library\/)?/, '');
  return LINUX_LIBRARY.has(library) || LINUX_REPOSITORY.test(repository) || LINUX_TAG.test(tag);
}
