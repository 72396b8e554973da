import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** One spelling of an address; an IPv6 spelling of an IPv4 address is that. */
const plain = (address: string): string | null => (ipaddr.isValid(address) ? ipaddr.process(address).toNormalizedString() : null);

/** Whether a connection to the address comes back to this host: loopback, "any", or an address of one of its interfaces. */
export const isOwnAddress = (address: string): boolean => {
  const asked = plain(address);
  if (asked === null) return false;
  const range = ipaddr.parse(asked).range();
  if (range === 'loopback' || range === 'unspecified') return true;
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return own.some((one) => plain(one.address.split('%')[0] ?? '') === asked);
};
