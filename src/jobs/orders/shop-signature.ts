import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether the body was signed with one of the secrets: base64 of HMAC-SHA256 over the raw bytes, as Shopify
 * (`X-Shopify-Hmac-SHA256`) and WooCommerce (`X-WC-Webhook-Signature`) send it. Takes as long for every wrong signature.
 */
export const isSignedByShop = (body: Uint8Array, signature: string | undefined, secrets: readonly string[]): boolean => {
  const given = Buffer.from(signature ?? '');
  let signed = false;
  for (const secret of secrets) {
    const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
    const equal = given.length === expected.length && timingSafeEqual(given, expected);
    signed ||= equal && secret !== '';
  }
  return signed;
};
