/** What stands in place of a secret. */
export const MASK = '***';

/**
 * Forms in which credentials slip into texts that are quoted. Each is linear: a part that repeats without limit starts only
 * behind a mark that it cannot hold itself.
 */
const FORMS: readonly (readonly [RegExp, (...groups: string[]) => string])[] = [
  // https://user:password@host, https://token@host, //user:password@host/share
  [/\/\/[^\s/"'<>`]+@(?!sha\d{3}:)/g, () => `//${MASK}@`],
  // user:password@registry/image, but not image:tag@sha256:…
  [
    /(?<![\w.%+:/-])([\w.%+-]{1,64}:)[^\s/\\@:"'`]{1,256}@(?!sha\d{3}:)(?=[\w[])/g,
    (_, user = '') => `${user}${MASK}@`,
  ],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*/g, () => `-----BEGIN PRIVATE KEY-----${MASK}`],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, () => MASK],
  [
    /\b((?:bearer|basic)\s{1,4})([\w.~+/=-]{8,})/gi,
    (all, scheme = '', credential = '') => (/\d/.test(credential) ? scheme + MASK : all),
  ],
  // `password=x`, `"token": "x"`, `--client-secret=x`: after a colon alone only what can be nothing but a secret.
  [
    /((?:password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|account[-_]?key|shared[-_]?access[-_]?signature|[?&;]sig)(?:\\?["']?\s{0,4}=\s{0,4}|\\?["']\s{0,4}:\s{0,4})\\?["']?)([^\s"'&,;\\]+)/gi,
    (_, name = '') => name + MASK,
  ],
  [/((?:password|passwd)\s{0,4}:\s{0,4})(?=\S*\d)([^\s"'&,;]+)/gi, (_, name = '') => name + MASK],
  [
    /(--[\w-]{0,40}(?:password|passwd|token|secret|api-?key)\s{1,4})(?!-)([^\s"'&,;]+)/gi,
    (_, name = '') => name + MASK,
  ],
];

/** What every form has something of: most texts need no more than this look. */
const SUSPICIOUS = /[@=]|["']\s{0,4}:|bearer|basic|eyJ|passw|PRIVATE|--/i;

/**
 * Masks credentials in a text that somebody else wrote and that is quoted: those in URLs, bearer and basic ones, private
 * keys, values named as passwords, tokens or keys. Linear in the length of the text.
 */
export function maskSecrets(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  return FORMS.reduce((masked, [form, by]) => masked.replace(form, by), text);
}

/** A flag whose value is the next word of a command line. */
const SECRET_FLAG = /^--?[\w-]{0,40}(?:password|passwd|pwd|token|secret|api-?key|access-?key)$/i;

/** Masks credentials in the words of a command line; there are as many as before. */
export function maskWords(words: readonly string[]): string[] {
  return words.map((word, i) => {
    const before = words[i - 1];
    const isValue = before !== undefined && SECRET_FLAG.test(before) && !word.startsWith('-');
    return isValue ? MASK : maskSecrets(word);
  });
}

/** A setting whose name says that its value is secret. Names of Secrets are none. */
const SECRET_NAME = /(?:password|passwd|pwd|token|user-?key|account-?key|access-?key|secret-?key)$/i;

/** Whether a setting's name says that its value is secret. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name.slice(-40));
}
