import type {Check} from './define.ts';
import {CHECKS} from './index.ts';

/** What is said of a check, without how it judges. */
export type CheckFacts = Pick<
  Check,
  | 'id'
  | 'area'
  | 'name'
  | 'severity'
  | 'since'
  | 'title'
  | 'evidence'
  | 'needs'
  | 'wants'
  | 'passNeeds'
  | 'docs'
>;

/**
 * Of every check what is said of it, in the order of the catalogue. Builds put these data in place of this module, so that who only
 * tells of checks need not load what judges.
 */
export const CATALOGUE: readonly CheckFacts[] = CHECKS.map(
  ({id, area, name, severity, since, title, evidence, needs, wants, passNeeds, docs}) => ({
    id,
    area,
    name,
    severity,
    since,
    title,
    evidence,
    needs,
    wants,
    passNeeds,
    docs,
  }),
);
