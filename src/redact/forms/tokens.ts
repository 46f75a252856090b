import {MASK} from '../mask.ts';
import type {Form} from './look.ts';

/** A token that is known by how it begins: the form of the whole, tried where its prefix was seen. */
interface TokenForm {
  readonly rule: string;
  /** Prefixes in small letters. */
  readonly marks: readonly string[];
  readonly whole: RegExp;
}

/**
 * Forms that their makers publish so that they can be found:
 * https://docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns,
 * https://docs.gitlab.com/security/tokens/#token-prefixes, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html.
 */
export const TOKEN_FORMS: readonly TokenForm[] = [
  // Header and payload of a JSON web token or of its encrypted kin (RFC 7519).
  {rule: 'jwt', marks: ['eyj'], whole: /eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+){0,3}/y},
  {rule: 'aws-key-id', marks: ['akia', 'asia'], whole: /A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])/y},
  {
    rule: 'github-token',
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    whole: /gh[pousr]_[A-Za-z0-9]{20,255}/y,
  },
  {rule: 'github-token', marks: ['github_pat_'], whole: /github_pat_\w{20,255}/y},
  {
    rule: 'gitlab-token',
    marks: ['glpat-', 'gldt-', 'glrt-', 'glcbt-'],
    whole: /gl(?:pat|dt|rt|cbt)-[\w.-]{16,255}/y,
  },
  {
    rule: 'slack-token',
    marks: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xapp-'],
    whole: /x(?:ox[abeprs]|app)-[\w-]{10,255}/y,
  },
  {
    rule: 'slack-webhook',
    marks: ['hooks.slack.com/'],
    whole: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{12,255}/y,
  },
  {rule: 'google-key', marks: ['aiza'], whole: /AIza[\w-]{35}/y},
  {rule: 'google-token', marks: ['ya29.'], whole: /ya29\.[\w-]{16,2048}/y},
  {rule: 'google-secret', marks: ['gocspx-'], whole: /GOCSPX-[\w-]{16,64}/y},
  {rule: 'openshift-token', marks: ['sha256~'], whole: /sha256~[\w-]{40,50}/y},
  {rule: 'vault-token', marks: ['hvs.', 'hvb.', 'hvr.'], whole: /hv[sbr]\.[\w-]{20,255}/y},
  {rule: 'docker-token', marks: ['dckr_pat_', 'dckr_oat_'], whole: /dckr_[po]at_[\w-]{20,64}/y},
  {rule: 'npm-token', marks: ['npm_'], whole: /npm_[A-Za-z0-9]{36}/y},
  {rule: 'pypi-token', marks: ['pypi-ag'], whole: /pypi-Ag[\w-]{50,255}/y},
  {
    rule: 'stripe-key',
    marks: ['sk_live_', 'rk_live_', 'sk_test_', 'whsec_'],
    whole: /(?:[rs]k_(?:live|test)_|whsec_)[A-Za-z0-9]{16,255}/y,
  },
  {rule: 'sendgrid-key', marks: ['sg.'], whole: /SG\.[\w-]{16,32}\.[\w-]{30,64}/y},
  {
    rule: 'ai-key',
    marks: ['sk-proj-', 'sk-ant-', 'sk-svcacct-'],
    whole: /sk-(?:proj|ant|svcacct)-[\w-]{20,255}/y,
  },
  {rule: 'age-key', marks: ['age-secret-key-1'], whole: /AGE-SECRET-KEY-1[A-Z0-9]{50,64}/iy},
  {rule: 'digitalocean-token', marks: ['dop_v1_', 'doo_v1_'], whole: /do[op]_v1_[0-9a-f]{64}/y},
  {rule: 'grafana-token', marks: ['glsa_', 'glc_'], whole: /gl(?:sa|c)_[\w=+/]{24,255}/y},
  {rule: 'newrelic-key', marks: ['nrak-'], whole: /NRAK-[A-Z0-9]{27}/y},
  {rule: 'atlassian-token', marks: ['atatt3'], whole: /ATATT3[\w=-]{60,255}/y},
  {rule: 'databricks-token', marks: ['dapi'], whole: /dapi[0-9a-f]{32}(?:-\d)?(?![0-9a-f])/y},
  {
    rule: 'teams-webhook',
    marks: ['.webhook.office.com/'],
    whole: /\.webhook\.office\.com\/webhookb2\/[\w@/-]{40,255}/y,
  },
];

const BY_MARK = new Map(TOKEN_FORMS.flatMap(form => form.marks.map(mark => [mark, form] as const)));

/** A token by its prefix; the prefix stands at the beginning of a word. */
export const prefixed: Form = ({text, low, at, end}) => {
  const form = BY_MARK.get(low.slice(at, end));
  if (!form || (form.whole.source.startsWith('\\.') ? false : isWordBefore(text, at, form))) return undefined;
  form.whole.lastIndex = at;
  const found = form.whole.exec(text);
  if (!found) return undefined;
  return {start: at, end: at + found[0].length, by: MASK, rule: form.rule};
};

/** `\n` and `\t` of an escaped text are no letters of a word. */
function isWordBefore(text: string, at: number, {rule}: TokenForm): boolean {
  const before = text[at - 1] ?? '';
  // A hyphen is a letter of these tokens: none begins inside another.
  if (rule === 'jwt' && before === '-') return true;
  return /[A-Za-z0-9_]/.test(before) && !(/[nrt]/.test(before) && text[at - 2] === '\\');
}

/** Three characters, `8Q~`, and 31 to 34 more (https://learn.microsoft.com/purview/sit-defn-azure-ad-client-secret). */
const ENTRA_SECRET = /[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w~-])/y;
const BEFORE_MARK = 4;

/** A client secret of Entra ID, known by its middle. */
export const entraSecret: Form = ({text, at, from}) => {
  const start = at - BEFORE_MARK;
  if (start < from) return undefined;
  ENTRA_SECRET.lastIndex = start;
  const found = ENTRA_SECRET.exec(text);
  return found ? {start, end: start + found[0].length, by: MASK, rule: 'entra-secret'} : undefined;
};
