/**
 * What a key may do. `submit`: jobs, batches, assets, cancel, rerender. `read`: jobs, artifacts, catalogue. `preview`: previews,
 * checks and catalogue, from browsers at the allowed origins. `force`: with `submit`, jobs that are made past findings which hold them, as a
 * person decides it. `admin`: everything, and webhooks and operations.
 */
export const SCOPES = ['submit', 'read', 'preview', 'force', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The tenant of whoever runs the service. */
export const OPERATOR = 'default';

export type ApiKey = {
  /** The public half: finds the row. */
  readonly keyId: string;
  readonly tenant: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** sha256 of the secret half, hex. The secret has 256 random bits, so a slow hash adds nothing. */
  readonly secretDigest: string;
  /** Origins of storefronts whose browsers may use it; empty: none. */
  readonly origins: readonly string[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly lastUsedAtMs: number | null;
};

export type NewApiKey = Omit<ApiKey, 'createdAtMs' | 'revokedAtMs' | 'lastUsedAtMs'>;
