import test from 'ava';
import {fail, ref} from '../../../src/checks/define.ts';
import type {Fail} from '../../../src/checks/define.ts';
import {fillIn} from '../../../src/report/steps.ts';

const POD = {apiVersion: 'v1', kind: 'Pod', metadata: {namespace: 'shop', name: 'web-0'}, nodeName: 'win-1'};

function filled(step: string, more: Partial<Fail> = {}): string | undefined {
  const seen = fail(POD, {cause: '', message: '', evidence: [ref(POD, '')], ...more});
  return fillIn([step], {...seen, ...more})[0];
}

test('names that a fail knows stand in its commands', t => {
  t.is(filled('`kubectl describe pod -n NAMESPACE POD`'), '`kubectl describe pod -n shop web-0`');
  t.is(filled('`kubectl drain NODE`'), '`kubectl drain win-1`');
  t.is(
    filled('`kubectl get daemonset -n NAMESPACE NAME`', {
      subject: {kind: 'DaemonSet', namespace: 'logs', name: 'shipper'},
    }),
    '`kubectl get daemonset -n logs shipper`',
  );
});

function filledWith(image: string): string | undefined {
  return filled('`crane manifest IMAGE`', {evidence: [ref(POD, '/spec/containers/0/image', image)]});
}

test('the image comes from the specification', t => {
  t.is(filledWith('registry.example/app@sha256:ab'), '`crane manifest registry.example/app@sha256:ab`');
  t.is(filledWith('app;reboot'), '`crane manifest IMAGE`');
});

test('what is not known, and what is no command, stays', t => {
  const node = {kind: 'Node', name: 'win-1'};
  t.is(
    filled('`kubectl get pod -n NAMESPACE`', {subject: node, evidence: []}),
    '`kubectl get pod -n NAMESPACE`',
  );
  t.is(filled('The NAME of `kubectl get node NODE`.'), 'The NAME of `kubectl get node win-1`.');
});
