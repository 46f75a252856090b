import test from 'ava';
import {missingOf} from '../../../agent/hcn/errors.ts';
import type {HcsFunctions} from '../../../agent/hcs/bindings.ts';
import {systemsText} from '../../../agent/hcs/systems.ts';

/** HCS with one answer; it counts the operations that are open. */
function hcsWith(answer: {
  enumerate?: number;
  wait?: number;
  text?: string | null;
}): HcsFunctions & {open: number} {
  const hcs = {
    open: 0,
    createOperation() {
      hcs.open++;
      return 7n;
    },
    enumerate: () => answer.enumerate ?? 0,
    wait(_operation: bigint, _timeoutMs: number, result: [string | null]) {
      result[0] = answer.text ?? null;
      return answer.wait ?? 0;
    },
    closeOperation: () => void hcs.open--,
  };
  return hcs;
}

const signed = (hresult: number) => hresult - 2 ** 32;

test('the answer comes as it is, and the operation is closed', t => {
  const hcs = hcsWith({text: '[{"Id":"a","RuntimeId":"b"}]'});
  t.is(systemsText(hcs), '[{"Id":"a","RuntimeId":"b"}]');
  t.is(hcs.open, 0);
});

test('no text is an empty answer', t => t.is(systemsText(hcsWith({text: null})), ''));

for (const [what, answer, reason] of [
  ['does not start', {enumerate: signed(0x8007_0005)}, 'denied'],
  ['takes too long', {wait: signed(0x8037_0118)}, 'timeout'],
  [
    'fails',
    {wait: signed(0x8007_000e), text: '{"Error":-2147024882,"ErrorMessage":"out of memory"}'},
    'failed',
  ],
] as const) {
  test(`an operation that ${what} is ${reason}, and is closed`, t => {
    const hcs = hcsWith(answer);
    t.is(missingOf(t.throws(() => systemsText(hcs))).reason, reason);
    t.is(hcs.open, 0);
  });
}

test("HCS's own words are told", t => {
  const hcs = hcsWith({
    wait: signed(0x8007_000e),
    text: '{"Error":-2147024882,"ErrorMessage":"out of memory"}',
  });
  t.regex(t.throws(() => systemsText(hcs)).message, /\(0x8007000e\): out of memory$/);
});
