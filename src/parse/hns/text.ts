import type {RawObject} from '../../hns/values.ts';
import type {HnsKind} from '../../hns/readings.ts';

/** An object found in a text. */
export interface TextObject {
  /** Fields as HNS names them, and those that nobody knows, as they stand. */
  readonly raw: RawObject;
  /** What it is; undefined where its fields do not tell. */
  readonly kind: HnsKind | undefined;
  /** Line at which it begins, from 1. */
  readonly line: number;
  /** A row or a record, which has names and ids and little else. */
  readonly brief?: true;
}

/**
 * Something that the text does not have: `ended` where it breaks off, `nested` and `list` where PowerShell printed a type
 * or dots in place of values, `elided` where somebody took lines out.
 */
export interface TextCut {
  readonly line: number;
  readonly why: 'ended' | 'nested' | 'list' | 'elided';
  /** The field that is not whole: `Policies/0/VIPs`. Empty: the object itself. */
  readonly field: string;
  /** What there is of it. */
  readonly text?: string;
}

/** A line that belongs to no object: prompts, headings, words of whoever pasted it. */
export interface TextLine {
  readonly line: number;
  readonly text: string;
}

/** Everything that a text holds. */
export interface HnsText {
  readonly objects: readonly TextObject[];
  readonly cuts: readonly TextCut[];
  readonly rest: readonly TextLine[];
}

/** What a parser found from a line on, and the line after it. */
export interface Found {
  readonly objects: readonly TextObject[];
  readonly cuts: readonly TextCut[];
  readonly next: number;
}

/** A GUID, with braces or without. */
export const GUID = String.raw`\{?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}?`;
