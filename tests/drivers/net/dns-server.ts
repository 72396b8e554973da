import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** One record of an answer. `code` answers with an error instead: 2 the server failed, 3 no such name. */
export type DnsRecord =
  | { readonly type: 'A' | 'AAAA' | 'CNAME'; readonly name?: string; readonly value: string }
  | { readonly code: 2 | 3 };

export type DnsAnswer = (question: { readonly name: string; readonly type: 'A' | 'AAAA' }) => readonly DnsRecord[] | 'silence';

const TYPES = { A: 1, CNAME: 5, AAAA: 28 } as const;

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing.splice(0)) close();
});

const nameBytes = (name: string): Buffer =>
  Buffer.concat([...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);

const nameAt = (packet: Buffer, from: number): { readonly name: string; readonly end: number } => {
  const labels: string[] = [];
  let at = from;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
};

const sixBytes = (address: string): Buffer => {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string): readonly number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
};

const valueBytes = (type: 'A' | 'AAAA' | 'CNAME', value: string): Buffer => {
  if (type === 'CNAME') return nameBytes(value);
  return type === 'A' ? Buffer.from(value.split('.').map(Number)) : sixBytes(value);
};

const recordBytes = (owner: string, type: 'A' | 'AAAA' | 'CNAME', value: string): Buffer => {
  const data = valueBytes(type, value);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(TYPES[type], 0);
  head.writeUInt16BE(1, 2);
  // Time to live 0: nobody may keep it.
  head.writeUInt32BE(0, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(owner), head, data]);
};

/** A name server on loopback that answers as the test says. */
export const startDnsServer = async (answer: DnsAnswer): Promise<{ readonly server: string; readonly questions: readonly string[] }> => {
  const socket = createSocket('udp4');
  const questions: string[] = [];
  closing.push(() => socket.close());
  socket.on('message', (packet, from) => {
    const { name, end } = nameAt(packet, 12);
    const type = packet.readUInt16BE(end) === TYPES.AAAA ? 'AAAA' : 'A';
    questions.push(`${type} ${name}`);
    const records = answer({ name, type });
    if (records === 'silence') return;
    const answers = records.flatMap((one) => ('code' in one ? [] : [recordBytes(one.name ?? name, one.type, one.value)]));
    const code = records.map((one) => ('code' in one ? one.code : 0)).find((one) => one > 0) ?? 0;
    const head = Buffer.from(packet.subarray(0, 12));
    head.writeUInt16BE(0x8180 | code, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    head.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([head, packet.subarray(12, end + 4), ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  return { server: `127.0.0.1:${port}`, questions };
};
