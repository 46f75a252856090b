import test from 'ava';
import {guidBytes} from '../../../agent/hcn/guid.ts';

for (const text of [
  '9B219D6E-6847-43FC-8258-81DB4B63C09C',
  '9b219d6e-6847-43fc-8258-81db4b63c09c',
  '{9b219d6e-6847-43fc-8258-81DB4B63C09C}',
]) {
  test(`the bytes of ${text} are those of a Windows GUID structure`, t => {
    t.is(Buffer.from(guidBytes(text) ?? []).toString('hex'), '6e9d219b4768fc43825881db4b63c09c');
  });
}

for (const text of ['', 'vEthernet', '9b219d6e-6847-43fc-8258', '9b219d6e684743fc825881db4b63c09c', '{x}']) {
  test(`"${text}" is no GUID`, t => t.is(guidBytes(text), undefined));
}
