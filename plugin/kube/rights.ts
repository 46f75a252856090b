import {fields, flag, list, text} from '../../src/kube/shape.ts';
import type {Resource} from '../../src/kube/resources.ts';
import type {PolicyRule} from '../../src/kube/types.ts';
import type {ApiReader} from './api-reader.ts';
import {ApiStatusError} from './api-error.ts';
import {parseAnswer} from './list.ts';

/** The rule that would give a list, as an administrator writes it. */
export function ruleFor({group, plural, names}: Resource, namespace?: string): string {
  const only = names ? `, resourceNames ${names.join(', ')}` : '';
  const where = namespace === undefined ? 'cluster-wide' : `in namespace ${namespace}`;
  return `needs verb list on resource ${plural} (apiGroup "${group}"${only}), ${where}`;
}

/** What the user may list in one namespace. */
export interface NamespaceRights {
  mayList(resource: Resource, name?: string): boolean;
}

interface Review {
  status?: {incomplete?: boolean; resourceRules: PolicyRule[]};
}

const reviewShape = fields<Review>({
  status: fields<NonNullable<Review['status']>>(
    {
      incomplete: flag,
      resourceRules: list(
        fields<PolicyRule>({
          apiGroups: list(text),
          resources: list(text),
          resourceNames: list(text),
          verbs: list(text),
          nonResourceURLs: list(text),
        }),
      ),
    },
    {resourceRules: []},
  ),
});

const REVIEW_PATH = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews';

/**
 * Asks the server what this user may do in a namespace (a SelfSubjectRulesReview, which every user may make). Where the
 * server does not say or not all, everything is worth a try.
 */
export async function rightsIn(
  reader: ApiReader,
  namespace: string,
  signal: AbortSignal,
): Promise<NamespaceRights> {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: {namespace},
  };
  try {
    const {text: answer} = await reader.get(REVIEW_PATH, {signal, review});
    const status = reviewShape(parseAnswer(answer, REVIEW_PATH), '', undefined)?.status;
    if (!status || status.incomplete) return {mayList: () => true};
    const {resourceRules} = status;
    return {mayList: (resource, name) => resourceRules.some(rule => allows(rule, resource, name))};
  } catch (error) {
    if (error instanceof ApiStatusError) return {mayList: () => true};
    throw error;
  }
}

function allows(rule: PolicyRule, {group, plural}: Resource, name: string | undefined): boolean {
  if (!has(rule.verbs, 'list') || !has(rule.apiGroups, group) || !has(rule.resources, plural)) return false;
  const only = rule.resourceNames ?? [];
  return only.length === 0 || (name !== undefined && only.includes(name));
}

function has(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.some(v => v === wanted || v === '*') ?? false;
}
