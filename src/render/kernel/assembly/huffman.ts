// Length-limited canonical Huffman codes as deflate wants them (RFC 1951, section 3.2.2).

const MAX_SYMBOLS = 288;
const sortedSymbols = memory.data(MAX_SYMBOLS * 2);
const sortedWeights = memory.data(MAX_SYMBOLS * 4);
const perLength = memory.data(64 * 4);
const nextCode = memory.data(64 * 4);

function weight(index: i32): u32 {
  return load<u32>(sortedWeights + ((<usize>index) << 2));
}

function setWeight(index: i32, value: u32): void {
  store<u32>(sortedWeights + ((<usize>index) << 2), value);
}

function lengthCount(length: i32): i32 {
  return load<i32>(perLength + ((<usize>length) << 2));
}

function setLengthCount(length: i32, value: i32): void {
  store<i32>(perLength + ((<usize>length) << 2), value);
}

/** Writes code lengths (u8) and bit-reversed codes (u32) for `count` symbols with u32 `frequencies`; unused symbols get length 0. */
export function buildCodes(frequencies: usize, count: i32, limit: i32, lengths: usize, codes: usize): void {
  memory.fill(lengths, 0, count);
  const used = sortByFrequency(frequencies, count);
  if (used === 0) return;
  if (used === 1) {
    const only = <usize>load<u16>(sortedSymbols);
    store<u8>(lengths + only, 1);
    store<u32>(codes + (only << 2), 0);
    return;
  }
  weightsToDepths(used);
  countLengths(used, limit);
  let next = used;
  for (let length = 1; length <= limit; length++) {
    for (let k = lengthCount(length); k > 0; k--) {
      next--;
      store<u8>(lengths + load<u16>(sortedSymbols + ((<usize>next) << 1)), <u8>length);
    }
  }
  assignCodes(count, limit, lengths, codes);
}

function sortByFrequency(frequencies: usize, count: i32): i32 {
  let used = 0;
  for (let symbol = 0; symbol < count; symbol++) {
    const frequency = load<u32>(frequencies + ((<usize>symbol) << 2));
    if (frequency === 0) continue;
    let at = used++;
    while (at > 0 && weight(at - 1) > frequency) {
      setWeight(at, weight(at - 1));
      store<u16>(sortedSymbols + ((<usize>at) << 1), load<u16>(sortedSymbols + ((<usize>(at - 1)) << 1)));
      at--;
    }
    setWeight(at, frequency);
    store<u16>(sortedSymbols + ((<usize>at) << 1), <u16>symbol);
  }
  return used;
}

/** In-place minimum-redundancy coding (Moffat and Katajainen 1995): ascending weights become leaf depths. */
function weightsToDepths(used: i32): void {
  let leaf = 0;
  let node = 0;
  for (let next = 0; next < used - 1; next++) {
    let sum: u32 = 0;
    for (let child = 0; child < 2; child++) {
      if (leaf >= used || (node < next && weight(node) < weight(leaf))) {
        sum += weight(node);
        setWeight(node++, <u32>next);
      } else {
        sum += weight(leaf++);
      }
    }
    setWeight(next, sum);
  }
  setWeight(used - 2, 0);
  for (let next = used - 3; next >= 0; next--) setWeight(next, weight(<i32>weight(next)) + 1);
  let open = 1;
  let depth: u32 = 0;
  let inner = used - 2;
  let out = used - 1;
  while (open > 0) {
    let nodes = 0;
    while (inner >= 0 && weight(inner) === depth) {
      nodes++;
      inner--;
    }
    for (; open > nodes; open--) setWeight(out--, depth);
    open = 2 * nodes;
    depth++;
  }
}

/** Counts the depths, folds those beyond `limit` into it and repairs the Kraft sum by deepening shorter codes. */
function countLengths(used: i32, limit: i32): void {
  memory.fill(perLength, 0, 64 * 4);
  for (let i = 0; i < used; i++) {
    const length = min(<i32>weight(i), limit);
    setLengthCount(length, lengthCount(length) + 1);
  }
  let kraft = 0;
  for (let length = limit; length > 0; length--) kraft += lengthCount(length) << (limit - length);
  while (kraft > 1 << limit) {
    setLengthCount(limit, lengthCount(limit) - 1);
    let length = limit - 1;
    while (lengthCount(length) === 0) length--;
    setLengthCount(length, lengthCount(length) - 1);
    setLengthCount(length + 1, lengthCount(length + 1) + 2);
    kraft--;
  }
}

function assignCodes(count: i32, limit: i32, lengths: usize, codes: usize): void {
  let code: u32 = 0;
  setLengthCount(0, 0);
  for (let length = 1; length <= limit; length++) {
    code = (code + lengthCount(length - 1)) << 1;
    store<u32>(nextCode + ((<usize>length) << 2), code);
  }
  for (let symbol = 0; symbol < count; symbol++) {
    const length = <i32>load<u8>(lengths + symbol);
    if (length === 0) continue;
    const at = nextCode + ((<usize>length) << 2);
    const value = load<u32>(at);
    store<u32>(at, value + 1);
    store<u32>(codes + ((<usize>symbol) << 2), reverseBits(value, length));
  }
}

function reverseBits(value: u32, length: i32): u32 {
  let reversed: u32 = 0;
  for (let i = 0; i < length; i++) reversed = (reversed << 1) | ((value >> i) & 1);
  return reversed;
}
