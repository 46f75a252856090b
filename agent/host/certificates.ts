import {X509Certificate} from 'node:crypto';
import {open} from 'node:fs/promises';
import type {CertificateFacts} from '../../src/protocol/node-facts.ts';
import type {CertificatePath} from './certificate-paths.ts';

/** A bundle of many authorities stays below this. */
const MAX_BYTES = 256 * 1024;

/**
 * Reads what is public of kubelet's certificates: subject, issuer, times. The files may hold private keys and may be links; nothing
 * of their contents leaves this function but fields of what parses as X.509.
 *
 * `locate` says where a file of the node is for this process. Answers also the files that are there and could not be read, as
 * `path: reason`.
 */
export async function readCertificates(
  paths: readonly CertificatePath[],
  locate: (path: string) => Promise<string> = path => Promise.resolve(path),
): Promise<{certificates: CertificateFacts[]; unread: string[]}> {
  const certificates: CertificateFacts[] = [];
  const unread: string[] = [];
  for (const {path, role} of paths) {
    const text = await locate(path)
      .then(readStart)
      .catch((error: NodeJS.ErrnoException) => error);
    if (typeof text === 'string')
      certificates.push(...certificatesIn(text).map(facts => ({path, role, ...facts})));
    else if (!ABSENT.has(text.code ?? '')) unread.push(`${path}: ${text.code ?? text.message}`);
  }
  return {certificates, unread};
}

/** A distribution keeps its certificates in one of the places, so the others are not there. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR']);

async function readStart(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** What is public of the certificates in a PEM file; what does not parse is left out. */
export function certificatesIn(pem: string): Omit<CertificateFacts, 'path' | 'role'>[] {
  return [...pem.matchAll(PEM)].flatMap(([text]) => {
    try {
      const {subject, issuer, validFromDate, validToDate} = new X509Certificate(text);
      return [
        {
          subject: oneLine(subject),
          issuer: oneLine(issuer),
          notBefore: validFromDate.toISOString(),
          notAfter: validToDate.toISOString(),
        },
      ];
    } catch {
      return [];
    }
  });
}

/** Node writes each part of a name on a line of its own. */
function oneLine(name: string): string {
  return name.replaceAll('\n', ', ');
}
