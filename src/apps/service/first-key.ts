import type { NewApiKey } from '../../jobs/api-key.ts';
import { OPERATOR, SCOPES, type Scope } from '../../jobs/api-key.ts';
import { createApiKey, isTenant, secretDigestOf, splitToken } from '../../jobs/api-key-secret.ts';
import type { Ledger } from '../../jobs/ledger.ts';
import type { Mistake } from '../../model/parse.ts';

/** A key for whoever started a service that has none yet; undefined when there is one. Its token is shown once and kept nowhere. */
export const makeFirstKey = async (keys: Ledger['keys']): Promise<string | undefined> => {
  if ((await keys.count()) > 0) return undefined;
  const { token, key } = createApiKey({ tenant: OPERATOR, name: 'first key', scopes: SCOPES });
  await keys.create(key);
  return token;
};

/**
 * Keys that the operator gives by the environment: `tenant:scope+scope:platen_id_secret`, separated by commas or spaces. A mistake for
 * every one that is not like that; no secret is in it.
 */
export const givenKeysIn = (text: string): { readonly keys: readonly NewApiKey[]; readonly mistakes: readonly Mistake[] } => {
  const mistakes: Mistake[] = [];
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .flatMap((entry, index): readonly NewApiKey[] => {
      const [tenant = '', scopes = '', token = '', ...rest] = entry.split(':');
      const halves = splitToken(token);
      const wanted = scopes.split('+').filter((scope): scope is Scope => SCOPES.some((one) => one === scope));
      if (isTenant(tenant) && halves && rest.length === 0 && wanted.length === scopes.split('+').length)
        return [
          {
            keyId: halves.keyId,
            tenant,
            name: 'from PLATEN_API_KEYS',
            scopes: wanted,
            secretDigest: secretDigestOf(halves.secret),
            origins: [],
            expiresAtMs: null,
          },
        ];
      mistakes.push({
        pointer: `PLATEN_API_KEYS entry ${index + 1}`,
        expected: `tenant:scope+scope:platen_id_secret with scopes out of ${SCOPES.join(', ')}`,
        got: 'something else (not shown: it is secret)',
      });
      return [];
    });
  return { keys, mistakes };
};

/** Adds the given keys that the ledger does not have; one that was revoked stays revoked. */
export const addGivenKeys = async (ledger: Ledger['keys'], keys: readonly NewApiKey[]): Promise<void> => {
  for (const key of keys) if (!(await ledger.find(key.keyId))) await ledger.create(key);
};
