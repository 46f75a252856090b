import type {Check} from '../define.ts';
import imageArchMismatch from './image-arch-mismatch.ts';
import imageBuildIncompatible from './image-build-incompatible.ts';
import imageBuildUnplaceable from './image-build-unplaceable.ts';
import imageLarge from './image-large.ts';
import imageOsMismatch from './image-os-mismatch.ts';
import imagePullFailing from './image-pull-failing.ts';
import noWindowsPlatform from './no-windows-platform.ts';
import pauseImageFrozenRegistry from './pause-image-frozen-registry.ts';

/** The checks of this area, in the order of their ids. */
export const checks: readonly Check[] = [
  imageBuildIncompatible,
  noWindowsPlatform,
  imageOsMismatch,
  pauseImageFrozenRegistry,
  imageLarge,
  imagePullFailing,
  imageArchMismatch,
  imageBuildUnplaceable,
];
