import test from 'ava';
import {hexOf} from '../../../src/data/code-number.ts';
import {HCN_CODES} from '../../../src/data/hcn-codes.ts';
import {HCS_CODES} from '../../../src/data/hcs-codes.ts';
import {explainCode, explainHresult} from '../../../src/data/hresults.ts';
import {WIN32_CODES} from '../../../src/data/win32-codes.ts';

for (const [title, rows] of Object.entries({HCN_CODES, HCS_CODES})) {
  test(`${title} is ascending, unique and explains every code in its own name`, t => {
    const codes = rows.map(row => row[0]);
    t.deepEqual(
      codes,
      [...new Set(codes)].sort((a, b) => a - b),
    );
    for (const [code, name] of rows) {
      t.is(explainHresult(code)?.name, name);
      t.is(explainHresult(code)?.hex, hexOf(code));
    }
  });
}

test('Win32 codes are unique and found behind 0x8007', t => {
  const codes = WIN32_CODES.map(row => row[0]);
  t.is(new Set(codes).size, codes.length);
  t.is(explainCode('0x80070490')?.name, 'ERROR_NOT_FOUND');
  t.is(explainCode('0x490')?.name, 'ERROR_NOT_FOUND');
});

test('an HNS code is found by hex, decimal and negative decimal', t => {
  for (const text of ['0x803b0013', '0x803B0013', '2151350291', '-2143617005', '803b0013']) {
    const meaning = explainCode(text);
    t.is(meaning?.name, 'HCN_E_PORT_ALREADY_EXISTS', text);
    t.is(meaning?.hex, '0x803b0013');
    t.is(meaning?.family, 'HCN');
  }
});

test('0xc037 and 0x8037 are one family', t => {
  t.is(explainCode('0xc0370101')?.name, 'HCS_E_IMAGE_MISMATCH');
  t.is(explainCode('0xc0370101')?.hex, '0xc0370101');
  t.is(explainCode('0x80370101')?.name, 'HCS_E_IMAGE_MISMATCH');
});

test('a winapi error is an NTSTATUS with one bit more', t => {
  t.is(explainCode('winapi error #3489792023')?.name, 'RPC_NT_SERVER_UNAVAILABLE');
});

test('an exit code is explained with its remedy', t => {
  t.is(explainCode('-1073741515')?.name, 'STATUS_DLL_NOT_FOUND');
  t.truthy(explainCode('-1073741515')?.remedy);
  t.is(explainCode('1067')?.name, 'ERROR_PROCESS_ABORTED');
  t.truthy(explainCode('1067')?.remedy);
});

test('what is in no table is not explained', t => {
  for (const text of ['0', '0x803b00ff', '0xdeadbeef', 'HNS012']) t.is(explainCode(text), undefined, text);
});

test('every explanation names its sources by https', t => {
  for (const [code] of [...HCN_CODES, ...HCS_CODES, ...WIN32_CODES]) {
    const links = explainHresult(code)?.links ?? [];
    t.true(links.length > 0 && links.every(l => l.startsWith('https://')), hexOf(code));
  }
});
