import type {Inventor} from './invent.ts';

/** A text with a secret in it; nothing of the secret may be left. */
export interface Planted {
  /** One line. */
  readonly text: string;
  readonly secret: string;
}

const jwt = (i: Inventor): string =>
  [
    JSON.stringify({alg: 'RS256', kid: i.hex(8)}),
    JSON.stringify({sub: `system:serviceaccount:shop:${i.name()}`}),
  ]
    .map(part => Buffer.from(part).toString('base64url'))
    .join('.') + `.${i.url64(48)}`;

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const form =
  (make: (secret: string, i: Inventor) => string, secret: (i: Inventor) => string) =>
  (i: Inventor): Planted => {
    const hidden = secret(i);
    return {text: make(hidden, i), secret: hidden};
  };

const password = (i: Inventor): string => i.password();

/** Forms of secrets in a line of text, by name. */
export const SECRET_LINES: Readonly<Record<string, (i: Inventor) => Planted>> = {
  'key=value': form((s, i) => `connecting as ${i.name()} password=${s} retry=3`, password),
  'environment line': form(
    (s, i) => `${i.pick(['DB_PASSWORD', 'SMTP_PASS', 'REDIS_PASSWORD'])}=${s}`,
    password,
  ),
  'setting of YAML': form(
    (s, i) => `  ${i.pick(['password', 'dbPassword', 'client_secret'])}: ${s}`,
    password,
  ),
  'member of JSON': form((s, i) => `{"user":"${i.name()}","password":"${s}"}`, password),
  'escaped JSON': form(
    (s, i) => String.raw`body "{\"user\":\"${i.name()}\",\"apiKey\":\"${s}\"}" sent`,
    i => i.random(32),
  ),
  'ADO connection string': form(
    (s, i) => `Server=tcp:${i.name()}.example,1433;Database=shop;User ID=app;Password=${s};Encrypt=True`,
    password,
  ),
  'storage connection string': form(
    (s, i) =>
      `DefaultEndpointsProtocol=https;AccountName=${i.name()};AccountKey=${s};EndpointSuffix=core.windows.net`,
    i => i.base64(64),
  ),
  'service bus connection string': form(
    (s, i) => `Endpoint=sb://${i.name()}.servicebus.example/;SharedAccessKeyName=root;SharedAccessKey=${s}`,
    i => i.base64(32),
  ),
  'URL with a user': form(
    (s, i) => `dial postgres://app:${s}@${i.name()}.example:5432/shop?sslmode=require`,
    i => i.random(18),
  ),
  'URL with a token': form(
    (s, i) => `git clone https://${s}@git.example/${i.name()}.git`,
    i => i.random(24),
  ),
  'MySQL DSN': form(
    (s, i) => `open app:${s}@tcp(${i.ip()}:3306)/shop`,
    i => i.random(14),
  ),
  'shared access signature': form(
    (s, i) => `GET https://${i.name()}.blob.example/c?sv=2022-11-02&sp=r&sig=${s}&se=2026-12-01`,
    i => encodeURIComponent(i.base64(32)),
  ),
  'signed URL of S3': form(
    (s, i) => `GET https://${i.name()}.s3.example/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${s}`,
    i => i.hex(64),
  ),
  'bearer token': form(
    s => `> Authorization: Bearer ${s}`,
    i => i.url64(30),
  ),
  'basic credentials': form(
    s => `curl -H 'Authorization: Basic ${s}' https://api.example`,
    i => Buffer.from(`robot:${i.password()}`).toString('base64'),
  ),
  cookie: form(
    s => `< Set-Cookie: session=${s}; Path=/; HttpOnly`,
    i => i.hex(32),
  ),
  'header of an API key': form(
    s => `X-Api-Key: ${s}`,
    i => i.hex(40),
  ),
  'JSON web token': form((s, i) => `pod ${i.name()} presented ${s} to the API server`, jwt),
  'AWS key id': form(
    (s, i) => `caller ${s} in eu-west-${i.below(3)}`,
    i => `AKIA${i.text(UPPER, 16)}`,
  ),
  'AWS secret key': form(
    s => `aws_secret_access_key = ${s}`,
    i => i.text(`${ALNUM}/+`, 40),
  ),
  'GitHub token': form(
    (s, i) => `remote ${i.name()}: using ${s}`,
    i => `ghp_${i.text(ALNUM, 36)}`,
  ),
  'GitLab token': form(
    s => `PRIVATE-TOKEN header ${s} refused`,
    i => `glpat-${i.text(ALNUM, 20)}`,
  ),
  'Slack token': form(
    s => `notify with ${s}`,
    i => `xoxb-${i.below(1e9)}-${i.text(ALNUM, 24)}`,
  ),
  'Slack webhook': form(
    s => `POST https://hooks.slack.com/services/${s} 200`,
    i => `T${i.text(UPPER, 8)}/B${i.text(UPPER, 8)}/${i.text(ALNUM, 24)}`,
  ),
  'Google API key': form(
    s => `maps?key=${s}`,
    i => `AIza${i.text(`${ALNUM}-_`, 35)}`,
  ),
  'Entra client secret': form(
    s => `secret for the app is ${s}`,
    i => `${i.text(ALNUM, 3)}8Q~${i.text(`${ALNUM}-_.`, 34)}`,
  ),
  'OpenShift token': form(
    s => `oc login --server=https://api:6443 --token=${s}`,
    i => `sha256~${i.url64(32)}`,
  ),
  'bootstrap token': form(
    (s, i) => `kubeadm join ${i.ip()}:6443 --token ${s} --discovery-token-ca-cert-hash sha256:${i.hex(64)}`,
    i => `${i.text('abcdefgh2345', 6)}.${i.text('abcdefgh23456789', 15)}7`,
  ),
  'flag of a command': form(
    (s, i) => `starting app.exe --user ${i.name()} --client-secret ${s} --verbose`,
    password,
  ),
  'PowerShell parameter': form(s => `New-LocalUser -Name svc -Password '${s}'`, password),
  'net user': form(s => `cmd /c net user svc ${s} /add`, password),
  'docker login': form((s, i) => `docker login -u robot -p ${s} ${i.name()}.example`, password),
  'attribute of XML': form(
    s => `<add name="Smtp" userName="app" password="${s}" />`,
    i => i.random(16),
  ),
  'random word near its name': form(
    s => `rotated the signing key, new one ${s} is live`,
    i => i.random(40),
  ),
  'base64 of a setting': form(
    s => `payload ${Buffer.from(`user: app\npassword: ${s}\nhost: db\n`).toString('base64')} stored`,
    i => i.random(16),
  ),
  'pair in JSON': form(
    (s, i) => `{"env":[{"name":"DB_PASSWORD","value":"${s}"},{"name":"POD","value":"${i.name()}"}]}`,
    password,
  ),
  'Docker configuration': form(
    s => `{"auths":{"registry.example":{"auth":"${s}"}}}`,
    i => Buffer.from(`robot:${i.password()}`).toString('base64'),
  ),
  'npm token': form(
    s => `//registry.example/:_authToken=${s}`,
    i => `npm_${i.text(ALNUM, 36)}`,
  ),
  'Vault token': form(
    s => `VAULT_TOKEN=${s}`,
    i => `hvs.${i.text(ALNUM, 90)}`,
  ),
};
