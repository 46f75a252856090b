import type {Reader} from '../kube/shape.ts';
import {isRecord} from '../kube/shape.ts';

/** An item with its place in the file, which a finding points at. */
export type Indexed<T> = T & {
  /** Position in the list as the file has it. */
  readonly index: number;
};

/** Reads the items of a list that fit; `keep` leaves others out. What is no list has none. */
export function itemsOf<T extends object>(
  value: unknown,
  read: Reader<T>,
  keep: (item: T) => boolean = () => true,
): Indexed<T>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((raw: unknown, index) => {
    const item = read(raw, '', undefined);
    return item && keep(item) ? [{...item, index}] : [];
  });
}

/** A field of what may be no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

/** A text, or an integer that stands as a text, as a number; undefined where it is neither. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return undefined;
  return Number(value);
}

/** A size, count or time that crictl prints as a string and others as a number. */
export const wholeNumber: Reader<number> = value => numberOf(value);
