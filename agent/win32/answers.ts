import {Gaps} from '../host/gaps.ts';
import {processFacts} from './processes.ts';
import type {Answer, Questions} from './questions.ts';
import {registryFacts} from './registry.ts';
import {serviceFacts} from './services.ts';
import {systemNow} from './system.ts';
import type {Windows} from './windows.ts';

type Answering<T> = (windows: Windows, gaps: Gaps) => T;

const ANSWERS: {[K in keyof Questions]: Answering<Questions[K]>} = {
  system: systemNow,
  volumes: windows => windows.volumes(),
  services: serviceFacts,
  processes: processFacts,
  adapters: windows => windows.adapters(),
  routes: windows => windows.routes(new Set(windows.adapters().map(adapter => adapter.compartment))),
  sockets: windows => windows.sockets(),
  registry: registryFacts,
};

/** Whether this is the name of a question. */
export function isQuestion(what: string): what is keyof Questions {
  return Object.hasOwn(ANSWERS, what);
}

/** Answers a question; throws CollectError where nothing of it can be answered. */
export function answerTo<K extends keyof Questions>(what: K, windows: Windows): Answer<Questions[K]> {
  const gaps = new Gaps();
  const value = ANSWERS[what](windows, gaps);
  return {value, ...gaps.partial()};
}
