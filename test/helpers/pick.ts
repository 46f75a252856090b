import {hashOf} from '../../src/probes/draw.ts';

/**
 * Some of many things, by a seed that a pipeline gives: `KUBECTL_WIN_SEED`, else always the same ones. What is not drawn is tried
 * under `KUBECTL_WIN_FULL`.
 */
export function pickFrom<T extends {readonly title: string}>(items: readonly T[], count: number): T[] {
  const seed = Number(process.env['KUBECTL_WIN_SEED'] ?? 1);
  return items.toSorted((a, b) => hashOf(a.title, seed) - hashOf(b.title, seed)).slice(0, count);
}
