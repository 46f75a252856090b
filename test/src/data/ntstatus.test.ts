import test from 'ava';
import {hexOf, parseCode} from '../../../src/data/code-number.ts';
import {EXIT_CODES, explainExitCode} from '../../../src/data/ntstatus.ts';

test('codes are read in every form that logs print', t => {
  for (const text of ['0xC0000135', '3221225781', '-1073741515', 'c0000135', ' 0xc0000135 ']) {
    t.is(parseCode(text), 0xc0000135, text);
  }
  t.is(parseCode('winapi error #3489792023'), 0xd0020017);
  t.is(parseCode('5'), 5);
});

test('what is no 32-bit code is not read', t => {
  for (const text of ['', 'HNS001', '0x', '4294967296', '-2147483649', '0x1c0000135', '1.5', 'deadbeef0']) {
    t.is(parseCode(text), undefined, text);
  }
});

test('signed and unsigned exit codes are the same', t => {
  t.is(explainExitCode(-1073741515)?.name, 'STATUS_DLL_NOT_FOUND');
  t.is(explainExitCode(3221225781)?.hex, '0xc0000135');
  t.is(explainExitCode(1067)?.name, 'ERROR_PROCESS_ABORTED');
  t.is(explainExitCode(-2147023895)?.name, 'ERROR_STACK_OVERFLOW');
  t.is(explainExitCode(-532462766)?.name, 'CLR exception');
});

test('success and unknown codes are not explained', t => {
  t.is(explainExitCode(0), undefined);
  t.is(explainExitCode(77), undefined);
});

test('the table is sorted, unique and whole', t => {
  const codes = EXIT_CODES.map(row => row.code);
  t.deepEqual(
    codes,
    [...new Set(codes)].sort((a, b) => a - b),
  );
  for (const row of EXIT_CODES) {
    t.is(row.hex, hexOf(row.code));
    t.true(row.name !== '' && row.meaning !== '' && row.remedy !== '', row.hex);
  }
});
