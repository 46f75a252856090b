import type {Check} from '../define.ts';
import imageArchMismatch from './image-arch-mismatch.ts';
import imageBuildIncompatible from './image-build-incompatible.ts';
import imageBuildUnplaceable from './image-build-unplaceable.ts';
import imageLarge from './image-large.ts';
import imageOsMismatch from './image-os-mismatch.ts';
import imagePullFailing from './image-pull-failing.ts';
import noWindowsPlatform from './no-windows-platform.ts';
import pauseImageAbsent from './pause-image-absent.ts';
import pauseImageBuildIncompatible from './pause-image-build-incompatible.ts';
import pauseImageDisagrees from './pause-image-disagrees.ts';
import pauseImageFrozenRegistry from './pause-image-frozen-registry.ts';
import pauseImageNotPinned from './pause-image-not-pinned.ts';
import pauseImageWithoutWincat from './pause-image-without-wincat.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  imageBuildIncompatible,
  noWindowsPlatform,
  imageOsMismatch,
  pauseImageAbsent,
  pauseImageBuildIncompatible,
  pauseImageNotPinned,
  pauseImageDisagrees,
  pauseImageFrozenRegistry,
  pauseImageWithoutWincat,
  imageLarge,
  imagePullFailing,
  imageArchMismatch,
  imageBuildUnplaceable,
];
