import test from 'ava';
import type {Said, ToolCall} from '../../../src/probes/exec/tool.ts';

/** What a program says, word for word, and what that means; undefined where it cannot do it. */
export type Output = readonly [
  title: string,
  call: ToolCall | undefined,
  said: Said,
  means: object | undefined,
];

/** What a program left behind. */
export function said(exitCode: number, stderr = '', stdout = ''): Said {
  return {exitCode, stdout, stderr};
}

/** A test for each output. */
export function outputCases(outputs: readonly Output[]): void {
  for (const [title, call, output, means] of outputs)
    test(`${title}: ${means === undefined ? 'it cannot do it' : JSON.stringify(means)}`, t => {
      const answer = call?.read(output);
      if (means === undefined) t.is(answer, undefined);
      else t.like(answer, means);
    });
}
