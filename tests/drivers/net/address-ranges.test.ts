import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressRule } from '../../../src/drivers/net/address-ranges.ts';

const rule = addressRule();

describe('an address is reached', () => {
  it.each([
    '8.8.8.8',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '2606:2800:220:1::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2001:4860:4860:0:200:5efe:808:808',
  ])('when it is public: %s', (address) => {
    expect(rule.allows(address)).toBe(true);
  });
});

describe('an address is refused', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['the rest of loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['private 10', '10.0.0.1'],
    ['private 172', '172.16.0.1'],
    ['private 192', '192.168.1.1'],
    ['carrier NAT', '100.64.0.1'],
    ['link-local, where clouds keep their metadata', '169.254.169.254'],
    ['benchmarks', '198.18.0.1'],
    ['TEST-NET', '192.0.2.1'],
    ['6to4 relay', '192.88.99.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IETF assignments', '192.0.0.192'],
    ['loopback 6', '::1'],
    ['nothing', '::'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped metadata', '::ffff:a9fe:a9fe'],
    ['IPv4-compatible loopback', '::127.0.0.1'],
    ['IPv4-compatible public', '::8.8.8.8'],
    ['translated', '::ffff:0:7f00:1'],
    ['NAT64 of loopback', '64:ff9b::7f00:1'],
    ['NAT64 of private', '64:ff9b::a00:1'],
    ['local NAT64', '64:ff9b:1::808:808'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['6to4 of public', '2002:808:808::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['ISATAP to private', '2606:4700::200:5efe:a00:1'],
    ['ISATAP to loopback', '2606:4700::5efe:7f00:1'],
    ['link-local 6', 'fe80::1'],
    ['link-local 6 with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fd00:ec2::254'],
    ['multicast 6', 'ff02::1'],
    ['documentation', '2001:db8::1'],
    ['discard', '100::1'],
    ['unassigned', '4000::1'],
  ])('%s: %s', (_, address) => {
    expect(rule.allows(address)).toBe(false);
  });

  it.each(['', 'localhost', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '8.8.8', '08.8.8.8', '[::1]', '1.2.3.4.5', '8.8.8.8 '])(
    'that is not exactly one: %j',
    (text) => {
      expect(rule.allows(text)).toBe(false);
    },
  );

  it('in every wrapping of a private IPv4 address', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const hex = (a: number, b: number): string => ((a << 8) | b).toString(16);
    fc.assert(
      fc.property(byte, byte, byte, (b, c, d) => {
        const wrapped = [`::ffff:10.${b}.${c}.${d}`, `64:ff9b::${hex(10, b)}:${hex(c, d)}`, `2002:${hex(10, b)}:${hex(c, d)}::1`];
        expect([`10.${b}.${c}.${d}`, ...wrapped].filter((address) => rule.allows(address))).toEqual([]);
      }),
    );
  });
});

describe('ranges that the operator allows', () => {
  it('are reached in every spelling, and nothing beside them', () => {
    const open = addressRule(['127.0.0.1/32', '10.1.0.0/16', 'fd00:1::/32']);
    expect(['127.0.0.1', '::ffff:127.0.0.1', '10.1.9.9', 'fd00:1::7', '8.8.8.8'].map((one) => open.allows(one))).toEqual(
      Array(5).fill(true),
    );
    expect(['127.0.0.2', '10.2.0.0', 'fd00:2::1', '::1', '169.254.169.254'].map((one) => open.allows(one))).toEqual(Array(5).fill(false));
  });

  it.each(['10.0.0.0/40', 'intranet', '', '10.0.0.0/'])('must be ranges: %j', (text) => {
    expect(() => addressRule([text])).toThrow(expect.objectContaining({ code: 'config.address-range' }));
  });
});
