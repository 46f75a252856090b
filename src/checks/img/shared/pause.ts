import {splitImage} from '../../../data/image-tags.ts';

/** Names of the pause image that exist on the node only (https://github.com/awslabs/amazon-eks-ami/issues/1632). */
const LOCAL_ONLY = /(?:^|\/)eks\/pause-windows$/;

/** Whether no registry has a pause image: once it is removed, nothing brings it back. */
export function isLocalOnly(image: string): boolean {
  return LOCAL_ONLY.test(splitImage(image).repository);
}

/** File that the agent writes what it worked out of the pause image into. */
export const PAUSE_FILE = 'cri/pause.json';
