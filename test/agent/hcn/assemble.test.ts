import test from 'ava';
import {assemble} from '../../../agent/hcn/assemble.ts';
import type {ChildEvent} from '../../../agent/hcn/events.ts';

const FILE = 'hns/endpoints.json';
const SOURCES = [{file: FILE, source: 'HcnEnumerateEndpoints'}];
const HUNG = {reason: 'timeout', detail: 'HNS did not answer within 8000 ms'} as const;
const item = (text: string): ChildEvent => ({event: 'item', file: FILE, text});
const END: ChildEvent = {event: 'end', file: FILE};

function fileOf(events: readonly ChildEvent[], ended: typeof HUNG | undefined, maxBytes = 1000) {
  const assembly = assemble(SOURCES, maxBytes);
  for (const event of events) assembly.add(event);
  return assembly.files(ended)[0];
}

test('elements become an array that holds each as it came', t => {
  t.deepEqual(fileOf([item('{"A":132062690972642312}'), item('{}'), END], undefined), {
    file: FILE,
    source: 'HcnEnumerateEndpoints',
    body: '[{"A":132062690972642312},\n{}]',
  });
});

test('no elements are an empty array', t =>
  t.like(fileOf([END], undefined), {body: '[]', partial: undefined}));

test('what had arrived before the child was killed is kept, as a part', t => {
  t.like(fileOf([item('1')], HUNG), {body: '[1]', partial: HUNG});
});

test('a child that was killed before the first object leaves the file missing', t => {
  t.like(fileOf([], HUNG), {missing: HUNG});
});

test('a file that was whole when the child was killed stays whole', t => {
  t.like(fileOf([item('1'), END], HUNG), {body: '[1]', partial: undefined});
});

test('a file beyond its cap keeps whole elements and says how many are left out', t => {
  t.like(fileOf([item('"aaaaaaaa"'), item('"bbbbbbbb"'), item('"c"'), END], undefined, 26), {
    body: '["aaaaaaaa",\n"bbbbbbbb"]',
    partial: {reason: 'failed', detail: '1 of 3 objects are left out: the file would be too large'},
  });
});

test('objects that could not be read make the file a part and name the first', t => {
  const error = {
    query: 'HcnOpenEndpoint a',
    hresult: '0x803b0017',
    code: 0x803b_0017,
    message: 'bad',
  };
  t.like(fileOf([item('1'), {event: 'error', file: FILE, error}, END], undefined), {
    body: '[1]',
    partial: {
      reason: 'failed',
      detail:
        '1 of 2 objects could not be read; the first: HcnOpenEndpoint a: HCN_E_DEGRADED_OPERATION (0x803b0017): bad',
    },
  });
});

test('a child that ends well without a word is a failure', t => {
  t.like(fileOf([], undefined), {missing: {reason: 'failed', detail: 'the query ended without an answer'}});
});
