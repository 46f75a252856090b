import type {CheckFacts} from '../checks/catalogue.ts';
import type {EvidenceKind, Severity} from '../checks/define.ts';
import type {ExplainedCode} from './code.ts';

/** Documentation of one check, as JSON has it. */
export interface CheckItem {
  id: string;
  name: string;
  area: string;
  severity: Severity;
  since: string;
  title: string;
  evidence: EvidenceKind[];
  needs: string[];
  wants: string[];
  profiles: string[];
  what: string;
  why: string;
  fix: string[];
  links: string[];
}

/** Meaning of one code, as JSON has it; name and meaning are null where no table has the code. */
export interface CodeItem {
  code: string;
  hex: string;
  family: string | null;
  name: string | null;
  meaning: string | null;
  cause: string | null;
  fix: string[];
  links: string[];
}

/** What `explain -o json` prints (CONTRACT §2). */
export interface CheckDoc {
  apiVersion: 'kubectl-win/v1';
  kind: 'CheckDoc';
  source: {kind: 'catalogue'; name: string};
  items: (CheckItem | CodeItem)[];
  unknown: never[];
}

/** Wraps items as the answer of `explain`; `version` is the tool's. */
export function checkDoc(version: string, items: (CheckItem | CodeItem)[]): CheckDoc {
  return {
    apiVersion: 'kubectl-win/v1',
    kind: 'CheckDoc',
    source: {kind: 'catalogue', name: `kubectl-win ${version}`},
    items,
    unknown: [],
  };
}

/** One check with the profiles that it is in. */
export function checkItem(check: CheckFacts, profiles: readonly string[]): CheckItem {
  const {id, name, area, severity, since, title, evidence, needs, passNeeds, wants, docs} = check;
  return {
    id,
    name,
    area,
    severity,
    since,
    title,
    evidence: [...evidence],
    needs: [...needs, ...passNeeds],
    wants: [...wants],
    profiles: [...profiles],
    what: docs.what,
    why: docs.why,
    fix: [...docs.fix],
    links: [...docs.links],
  };
}

/** One code. */
export function codeItem({asked, hex, meaning}: ExplainedCode): CodeItem {
  return {
    code: asked,
    hex,
    family: meaning?.family ?? null,
    name: meaning?.name ?? null,
    meaning: meaning?.meaning ?? null,
    cause: meaning?.cause ?? null,
    fix: meaning?.remedy === undefined ? [] : [meaning.remedy],
    links: [...(meaning?.links ?? [])],
  };
}
