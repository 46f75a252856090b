/** How much a name says of its value. */
export type NameKind =
  /** Its value is a secret, whatever it looks like. */
  | 'secret'
  /** Its value may as well be the name of a Secret, a kind or a word: what it looks like decides. */
  | 'maybe';

/** Names are long where they are paths of settings; what they end with decides. */
const MAX_NAME = 48;

/** Ends of names (without `_`, `-`, `.` and case) that say "secret". */
const SECRET_ENDS = [
  'password',
  'passwd',
  'passphrase',
  'passwort',
  'pwd',
  'userpass',
  'dbpass',
  'pgpass',
  'mysqlpass',
  'smtppass',
  'adminpass',
  'rootpass',
  'redispass',
  'clientsecret',
  'appsecret',
  'applicationsecret',
  'consumersecret',
  'sharedsecret',
  'apisecret',
  'jwtsecret',
  'sessionsecret',
  'cookiesecret',
  'webhooksecret',
  'signingsecret',
  'secretkey',
  'secretvalue',
  'secretaccesskey',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'bearertoken',
  'sessiontoken',
  'securitytoken',
  'apitoken',
  'sastoken',
  'bottoken',
  'bootstraptoken',
  'deploytoken',
  'personalaccesstoken',
  'githubtoken',
  'gitlabtoken',
  'npmtoken',
  'slacktoken',
  'vaulttoken',
  'registrytoken',
  'identitytoken',
  'registrationtoken',
  'runnertoken',
  'apikey',
  'accesskey',
  'accountkey',
  'sharedaccesskey',
  'sharedkey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'storagekey',
  'masterkey',
  'adminkey',
  'subscriptionkey',
  'functionkey',
  'hostkey',
  'etcdkey',
  'hmackey',
  'sshkey',
  'userkey',
  'decryptionkey',
  'validationkey',
  'keydata',
  'presharedkey',
  'psk',
  'authkey',
  'licensekey',
  'dockerconfigjson',
  'dockercfg',
  'sharedaccesssignature',
  'amzsignature',
  'googsignature',
  'amzcredential',
  'credentialspec',
] as const;

/** Ends of names that may be secret; in documentation and logs they as often are not. */
const MAYBE_ENDS = ['token', 'secret', 'credential', 'credentials', 'auth', 'pass', 'authorization'] as const;

/** What ends as a secret's name does and is none. */
const HARMLESS = /(?:publickeytoken|bypass|compass|continuetoken|cancellationtoken|nexttoken|synctoken)$/;

/** Bare words whose value is secret where they stand alone: `pass=x` and `pw=x`. */
const BARE = new Set(['pass', 'pw']);

/** Makes one spelling of `db_password`, `DB-Password`, `spring.db.password`. */
function plainName(name: string): string {
  return name
    .slice(-MAX_NAME)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

const KNOWN = new Map<string, NameKind | undefined>();
/** Names that are remembered; a text may hold any number of different ones. */
const MAX_KNOWN = 5000;

/** What a setting's name says of its value; `undefined` is nothing. */
export function nameKind(name: string): NameKind | undefined {
  const known = KNOWN.get(name);
  if (known !== undefined || KNOWN.has(name)) return known;
  const kind = judge(plainName(name));
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  KNOWN.set(name, kind);
  return kind;
}

function judge(name: string): NameKind | undefined {
  if (HARMLESS.test(name)) return undefined;
  if (BARE.has(name) || SECRET_ENDS.some(end => name.endsWith(end))) return 'secret';
  return MAYBE_ENDS.some(end => name.endsWith(end)) ? 'maybe' : undefined;
}

/** Whether a word of a command line says that the next one is a secret: `--password`, `-ClientSecret`. */
export function announcesSecret(word: string): boolean {
  return /^--?[A-Za-z][\w.-]{1,60}$/.test(word) && nameKind(word) !== undefined;
}
