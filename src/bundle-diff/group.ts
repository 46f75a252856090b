import {MAX_SUBJECTS} from '../checks/gaps.ts';
import {subjectKey} from '../report/group.ts';
import {compareText} from '../text/compare.ts';
import type {Change, ChangeItem, Section} from './change.ts';
import {SECTIONS} from './change.ts';
import {compareSubjects} from './objects.ts';

/** Pairs of values of one field that are told apart; beyond, they are each object's own, and only their number is told. */
const MAX_VARIANTS = 8;
/** Items of a section; beyond, those on the fewest objects are left out. */
const MAX_ITEMS = 500;

/** Everything that has one change. */
interface Group extends Omit<Change, 'subject'> {
  variants: number;
  subjects: Map<string, Change['subject']>;
}

/** Gathers changes: alike ones are one item. */
export class Changes {
  readonly #groups = new Map<string, Group>();

  add(changes: Iterable<Change>): void {
    for (const {subject, ...change} of changes) {
      const key = JSON.stringify([fieldKey(change), change.before, change.after]);
      const group = this.#groups.get(key) ?? {...change, variants: 1, subjects: new Map()};
      group.subjects.set(subjectKey(subject), subject);
      this.#groups.set(key, group);
    }
  }

  /** The items, by section and then by how many objects they are on; and how many of each section were left out. */
  list(): {items: ChangeItem[]; leftOut: Partial<Record<Section, number>>} {
    const fields = Map.groupBy(this.#groups.values(), fieldKey);
    const groups = [...fields.values()].flatMap(alike =>
      alike.length > MAX_VARIANTS ? [merged(alike)] : alike,
    );
    const sorted = groups.map(itemOf).sort(compareItems);
    const items: ChangeItem[] = [];
    const leftOut: Partial<Record<Section, number>> = {};
    for (const section of SECTIONS) {
      const own = sorted.filter(item => item.section === section);
      items.push(...own.slice(0, MAX_ITEMS));
      if (own.length > MAX_ITEMS) leftOut[section] = own.length - MAX_ITEMS;
    }
    return {items, leftOut};
  }
}

function fieldKey({section, change, what, field}: Omit<Change, 'subject'>): string {
  return JSON.stringify([section, change, what, field]);
}

function merged(alike: readonly Group[]): Group {
  const most = alike.reduce((a, b) => (b.subjects.size > a.subjects.size ? b : a));
  const subjects = new Map(alike.flatMap(group => [...group.subjects]));
  return {...most, variants: alike.length, subjects};
}

function itemOf({subjects, ...group}: Group): ChangeItem {
  const all = [...subjects.values()].sort(compareSubjects);
  return {...group, subjects: all.slice(0, MAX_SUBJECTS), subjectCount: all.length};
}

function compareItems(a: ChangeItem, b: ChangeItem): number {
  return (
    SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
    b.subjectCount - a.subjectCount ||
    compareText(a.what, b.what) ||
    compareText(a.field ?? '', b.field ?? '') ||
    compareText(a.before ?? '', b.before ?? '')
  );
}
