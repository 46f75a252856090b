import {HcnError} from './errors.ts';

/** A parameter that the callee writes: a one-element array. */
export type Out<T> = [T | null];

/** Calls and throws `HcnError` unless the HRESULT is a success; the error record's text becomes part of it. */
export function checked(method: string, call: (error: Out<string>) => number): void {
  const error: Out<string> = [null];
  const hresult = call(error);
  if (hresult < 0) throw new HcnError(method, hresult, error[0]);
}

/** As `checked`, for a function that hands out a text; NULL is an empty one. */
export function textOf(method: string, call: (text: Out<string>, error: Out<string>) => number): string {
  const text: Out<string> = [null];
  checked(method, error => call(text, error));
  return text[0] ?? '';
}
