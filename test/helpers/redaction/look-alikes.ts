import type {Inventor} from './invent.ts';

/** Lines of what looks like a secret, and is what a diagnosis needs: they come back to the byte. */
export const LOOK_ALIKES: Readonly<Record<string, (i: Inventor) => string>> = {
  GUID: i => `HNS endpoint ${i.guid()} of network ${i.guid().toUpperCase()} is degraded`,
  'GUID in JSON': i => `{"ID":"${i.guid()}","VirtualNetwork":"${i.guid()}","PolicyToken":0}`,
  digest: i => `pulled mcr.microsoft.com/windows/nanoserver@sha256:${i.hex(64)} in ${i.below(90)}s`,
  'docker-pullable': i => `docker-pullable://nginx@sha256:${i.hex(64)}`,
  'container id': i => `containerID="containerd://${i.hex(64)}" exitCode=-1073741515`,
  addresses: i => `${i.ip()}:${i.below(60000)} -> [fd00::${i.hex(4)}]:443 via ${i.ip()}/24`,
  MAC: i => `00-15-5D-${i.hex(2)}-${i.hex(2)}-${i.hex(2)}`.toUpperCase(),
  HRESULT: i => `hcnCreateEndpoint failed in Win32: The token is invalid. (0x803b0${i.hex(3)})`,
  'name of a Secret': i => `MountVolume.SetUp failed for volume "tls" : secret "${i.name()}-tls" not found`,
  'klog of a Secret': i =>
    `"Unable to retrieve pull secret" pod="shop/${i.name()}" secret="shop/${i.name()}" err="not found"`,
  'projected token': i =>
    `"kube-api-access-${i.text('bcdfghjk', 5)}" (serviceAccountToken: {expirationSeconds: 3607, path: token})`,
  'message about a token': () => 'failed to fetch token: unexpected status: 401 Unauthorized',
  'message about a password': () => 'Logon failure: unknown user name or bad password.',
  'policy of passwords': i =>
    `MinimumPasswordLength = ${i.below(20)}, PasswordComplexity = 1, ClearTextPassword = 0`,
  challenge: i => `Www-Authenticate: Bearer realm="https://auth.example/token",service="${i.name()}.example"`,
  'strong name': i => `System.Data, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c5619${i.hex(6)}`,
  'flags of files': () =>
    'kubelet --tls-private-key-file=C:\\k\\pki\\kubelet.key --client-ca-file=C:\\k\\ca.crt --authorization-mode=Webhook',
  'token in a path': i => `reading /var/run/secrets/kubernetes.io/serviceaccount/token of ${i.name()}`,
  'registry key': i =>
    `HKLM\\SYSTEM\\CurrentControlSet\\Services\\hns\\State key=${i.below(50)} type=REG_DWORD`,
  taint: i => `key=node.kubernetes.io/not-ready effect=NoExecute seconds=${i.below(600)}`,
  'keywords of ETW': i =>
    `{"Keywords":"0x8000000000000000","KeyLength":${i.below(4096)},"TokenElevationType":"%%1936"}`,
  'image with a tag': i =>
    `Failed to pull image "${i.name()}.example/shop/web:v1.${i.below(20)}.${i.below(9)}": manifest unknown`,
  mail: i => `contact ${i.name()}@example.com or mailto:ops@example.com`,
  'scoped package': () => String.raw`cannot open C:\app\node_modules\@scope\package@1.2.3\index.js`,
  etag: i => `ETag: "${i.hex(32)}" resourceVersion="${i.below(1e9)}" uid="${i.guid()}"`,
  trace: i => `traceparent: 00-${i.hex(32)}-${i.hex(16)}-01`,
  'line of W3C': i =>
    `2026-11-29 12:00:00 ${i.ip()} GET /signin key=1&page=${i.below(9)} 443 - ${i.ip()} Mozilla/5.0 200 0 0 15`,
  SRI: i => `integrity sha512-${i.base64(64)}`,
  reference: () => 'env DB_PASSWORD=$(DB_PASSWORD_FROM_SECRET) API_KEY=${API_KEY} TOKEN={{ .Values.token }}',
  masked: () => 'password=*** token=<redacted> secret=[redacted] --password ***HIDDEN***',
  'basic words': () => 'basic authentication is not supported; use bearer tokens instead',
  certificate: i => `CN=kubelet-${i.name()}, thumbprint ${i.hex(40).toUpperCase()}`,
  'name that ends as one': i =>
    `secretName: ${i.name()}-tls, tokenReviews: true, passwordPolicy: strict, keyName: root`,
  'credential type': () =>
    'credentials=ServiceAccount auth=webhook authType=Negotiate authentication: anonymous: enabled: false',
  bypass: i => `bypass=${i.name()}2026x compass=${i.name()}`,
  'layer path': i =>
    `C:\\ProgramData\\containerd\\root\\io.containerd.snapshotter.v1.windows\\snapshots\\${i.below(900)}`,
  'GC of tokens': i => `token=${i.below(99999)} acquired, ${i.below(9)} tokens left`,
  time: i => `2026-11-29T12:00:00.${i.below(9999999)}Z level=info msg="key rotated" keyId=${i.guid()}`,
  sid: i => `S-1-5-21-${i.below(1e9)}-${i.below(1e9)}-${i.below(1e9)}-500 has SeTcbPrivilege`,
  'hns port': i => `{"InternalPort":${i.below(60000)},"VIPs":["${i.ip()}"],"Token":"","SecretRef":null}`,
};
