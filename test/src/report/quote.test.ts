import test from 'ava';
import {fail, ref} from '../../../src/checks/define.ts';
import {quoteStrangeNames} from '../../../src/report/quote.ts';

function fixFor(name: string, fix: string): string {
  const object = {apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'shop', name}};
  const seen = fail(object, {cause: '', message: '', evidence: [ref(object, '')]});
  return quoteStrangeNames([fix], seen)[0] ?? '';
}

test('a command with names that the API server gives out stays as it is', t => {
  t.is(fixFor('web-0', '`kubectl logs -n shop web-0`'), '`kubectl logs -n shop web-0`');
});

test('a name that a shell would act upon is quoted', t => {
  t.is(fixFor('$(reboot)', '`kubectl logs -n shop $(reboot)`'), "`kubectl logs -n shop '$(reboot)'`");
  t.is(fixFor('a;b', '`kubectl delete pod a;b`'), "`kubectl delete pod 'a;b'`");
});

test('a quote in a name does not end the quotation', t => {
  t.is(
    fixFor("a'$(x)'", "`kubectl get pod a'$(x)'`"),
    String.raw`${'`'}kubectl get pod 'a'\''$(x)'\'''${'`'}`,
  );
});
