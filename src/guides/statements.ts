import {GUIDE_000} from './guide-000.ts';
import {GUIDE_001} from './guide-001.ts';
import {GUIDE_002} from './guide-002.ts';
import {GUIDE_003} from './guide-003.ts';
import {GUIDE_004} from './guide-004.ts';
import type {GuideStatement} from './statement.ts';

export type {GuideStatement} from './statement.ts';

/** Every statement of every guide, in the order of the guides. */
export const GUIDE_STATEMENTS: readonly GuideStatement[] = [
  ...GUIDE_000,
  ...GUIDE_001,
  ...GUIDE_002,
  ...GUIDE_003,
  ...GUIDE_004,
];
