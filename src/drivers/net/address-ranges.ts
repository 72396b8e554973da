import ipaddr from 'ipaddr.js';
import { Problem } from '../../model/problem.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

export type AddressRule = {
  /** Whether a connection to this address, as text of an IPv4 or IPv6 address, may be opened. */
  allows(address: string): boolean;
  /** Whether it is in a range that the operator opened. */
  isOpened(address: string): boolean;
};

const isV6 = (address: Address): address is ipaddr.IPv6 => address.kind() === 'ipv6';

const v4From = (bytes: readonly number[]): ipaddr.IPv4 => new ipaddr.IPv4([...bytes]);

const startsWith = (bytes: readonly number[], prefix: readonly number[]): boolean => prefix.every((byte, at) => bytes[at] === byte);

/** 64:ff9b::/96, the prefix under which networks without IPv4 reach it (RFC 6052). */
const NAT64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];

/** What an IPv6 address stands for when it is only another spelling of an IPv4 one: mapped (::ffff:a.b.c.d) or NAT64. */
const meantBy = (address: Address): Address => {
  if (!isV6(address)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  return startsWith(bytes, NAT64) ? v4From(bytes.slice(12)) : address;
};

/** ISATAP carries the IPv4 address of its tunnel's end in the lower half, under any prefix (RFC 5214). */
const isatapEnd = (bytes: readonly number[]): ipaddr.IPv4 | null =>
  (bytes[8] === 0 || bytes[8] === 2) && startsWith(bytes.slice(9), [0, 0x5e, 0xfe]) ? v4From(bytes.slice(12)) : null;

/**
 * On the public internet: unicast, for IPv6 inside 2000::/3 (RFC 4291), which leaves out IPv4-compatible addresses; 6to4, Teredo and
 * the special-purpose registries have ranges of their own and are not unicast here.
 */
const isPublic = (address: Address): boolean => {
  if (address.range() !== 'unicast') return false;
  if (!isV6(address)) return true;
  const bytes = address.toByteArray();
  const end = isatapEnd(bytes);
  return ((bytes[0] ?? 0) & 0xe0) === 0x20 && (end === null || end.range() === 'unicast');
};

/** The library reads ::8.8.8.8 as ::ffff:8.8.8.8; a URL knows the difference, as sockets do. */
const parseAddress = (text: string): Address =>
  ipaddr.parse(text.includes(':') && text.includes('.') ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text);

/** What a text stands for that is exactly one address: no short, octal or hexadecimal spelling, no zone. */
const addressOf = (text: string): Address | null => {
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(text);
  const isPlainV6 = text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
  return isV4 || isPlainV6 ? meantBy(parseAddress(text)) : null;
};

const parseRange = (text: string): readonly [Address, number] => {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, isV6(address) ? 128 : 32];
  } catch (cause) {
    throw new Problem('config.address-range', `expected an address range such as 10.1.0.0/16, got "${text.slice(0, 100)}"`, { cause });
  }
};

const covers = ([base, bits]: readonly [Address, number], address: Address): boolean => {
  if (isV6(base)) return isV6(address) && address.match(base, bits);
  return !isV6(address) && address.match(base, bits);
};

/**
 * Public addresses, and those of `allowPrivate`: ranges such as `10.1.0.0/16` or single addresses. An IPv6 spelling of an IPv4 address
 * is judged as the IPv4 address.
 * @throws Problem `config.address-range`
 */
export const addressRule = (allowPrivate: readonly string[] = []): AddressRule => {
  const ranges = allowPrivate.map(parseRange);
  const isOpened = (address: Address): boolean => ranges.some((range) => covers(range, address));
  return {
    allows: (text) => {
      const address = addressOf(text);
      return address !== null && (isPublic(address) || isOpened(address));
    },
    isOpened: (text) => {
      const address = addressOf(text);
      return address !== null && isOpened(address);
    },
  };
};
