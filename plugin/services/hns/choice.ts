import type {HnsChoice} from '../../../src/inventory/hns/selection.ts';
import type {Named} from '../../../src/inventory/hns/view.ts';
import {EXIT} from '../../../src/report/exit.ts';
import type {Scope} from '../../../src/snapshot/scope.ts';
import {scopeSnapshot} from '../../../src/snapshot/scope.ts';
import type {Snapshot} from '../../../src/snapshot/snapshot.ts';
import {evidenceOf} from '../../../src/snapshot/snapshot.ts';
import {UserError} from '../../errors.ts';

/** Flags that choose what of HNS is shown. */
export interface ChoiceFlags {
  pod?: string | undefined;
  service?: string | undefined;
  vip?: string | undefined;
}

/** What flags choose by name. Throws a `UserError` where they do not parse. */
export function choiceOf(flags: ChoiceFlags): HnsChoice {
  const pod = named('pod', flags.pod);
  const service = named('service', flags.service);
  const vip = vipOf(flags.vip);
  return {
    ...(pod && {pods: new Set([`${pod.namespace}/${pod.name}`])}),
    ...(service && {service}),
    ...(vip && {vip}),
  };
}

/** What flags choose by name, and of it what `-n` and `-l` select of a cluster's pods. */
export function withScope(choice: HnsChoice, {namespace, selector}: Scope, api: Snapshot): HnsChoice {
  if (namespace === undefined && selector === undefined) return choice;
  const scope = {...(namespace !== undefined && {namespace}), ...(selector !== undefined && {selector})};
  const pods = evidenceOf(scopeSnapshot(api, scope), 'pods');
  const names = (pods.ok ? pods.value : []).map(
    ({metadata}) => `${metadata.namespace ?? ''}/${metadata.name}`,
  );
  return {
    ...choice,
    pods: new Set(names.filter(name => choice.pods?.has(name) ?? true)),
    // Labels are those of pods: a Service of the namespace need not be of pods that have them.
    ...(namespace !== undefined && selector === undefined && !choice.pods && {namespace}),
  };
}

function named(flag: string, text: string | undefined): Named | undefined {
  if (text === undefined) return undefined;
  const [namespace = '', name = '', ...rest] = text.split('/');
  if (namespace && name && rest.length === 0) return {namespace, name};
  throw misuse(`--${flag} ${text} is not NAMESPACE/NAME`, `write \`--${flag} shop/web\``);
}

/** `10.96.0.10`, `10.96.0.10:53`, `fd00::a` and `[fd00::a]:53`. */
const VIP =
  /^(?:\[(?<six>[\da-f:.]+)\]|(?<four>[\d.]+)|(?<bare>[\da-f:.]*:[\da-f:.]*:[\da-f:.]*))(?::(?<port>\d{1,5}))?$/i;

function vipOf(text: string | undefined): HnsChoice['vip'] {
  if (text === undefined) return undefined;
  const groups = VIP.exec(text)?.groups;
  const ip = groups?.['six'] ?? groups?.['four'] ?? groups?.['bare'];
  if (ip === undefined) {
    throw misuse(`--vip ${text} is no IP[:PORT]`, 'write `--vip 10.96.0.10:53` or `--vip [fd00::a]:53`');
  }
  const port = groups?.['port'];
  return port === undefined ? {ip} : {ip, port: Number(port)};
}

function misuse(message: string, fix: string): UserError {
  return new UserError(message, {code: 'bad-flag', fix: [fix], exitCode: EXIT.usage});
}
