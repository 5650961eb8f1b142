// writeUInt8, writeDoubleBE and the others: what they write, the offset that they return, values out of range
const { attempt } = require('./prelude');
function write(name, ...args) {
  attempt([name, ...args], () => {
    const buffer = Buffer.alloc(9);
    const offset = buffer[`write${name}`](...args);
    return [buffer.toString('hex'), offset];
  });
}
for (const value of [0, 255, 256, -1, 1.9, 255.9, -0.5, 2 ** 40]) { write('UInt8', value); write('Uint8', value); }
for (const value of [127, 128, -128, -129, -1.5]) write('Int8', value);
for (const value of [65535, 65536, -1]) { write('UInt16BE', value, 1); write('UInt16LE', value, 7); }
for (const value of [32767, 32768, -32768, -32769, -2]) { write('Int16LE', value); write('Int16BE', value); }
for (const value of [4294967295, 4294967296, -1]) { write('UInt32BE', value, 5); write('UInt32LE', value, 5); write('Uint32LE', value); }
for (const value of [2147483647, 2147483648, -2147483648, -2147483649, -2]) { write('Int32BE', value); write('Int32LE', value); }
for (const value of [1.5, -2, 0.1, 1e300]) {
  for (const name of ['FloatLE', 'FloatBE', 'DoubleLE', 'DoubleBE']) attempt(name, () => {
    const buffer = Buffer.alloc(8);
    const offset = buffer[`write${name}`](value);
    return [buffer.toString('hex'), offset];
  });
}
for (const [name, value] of [['BigInt64LE', -5n], ['BigInt64BE', -5n], ['BigUInt64LE', 5n], ['BigUInt64BE', 2n ** 63n - 1n], ['BigUint64BE', 1n]]) {
  attempt(name, () => {
    const buffer = Buffer.alloc(9);
    const offset = buffer[`write${name}`](value, 1);
    return [buffer.toString('hex'), offset];
  });
}
for (const size of [1, 2, 3, 4, 5, 6, 7, 0]) {
  write('UIntBE', 1, 0, size);
  write('UIntLE', 2 ** 48, 0, size);
  write('IntLE', -2, 1, size);
  write('IntBE', -(2 ** 47) - 1, 1, size);
  write('IntBE', -1.5, 1, size);
}
for (const args of [['UInt8', 1, 9], ['UInt8', 1, -1], ['UInt8', 1, 'x'], ['UInt8', 1, 1.5], ['UInt8', 300, 99], ['UInt32LE', 1, 6], ['FloatLE', 1, 6],
  ['DoubleLE', 1, 2], ['DoubleBE', 1, 'x'], ['UIntBE', 1, 'x', 2], ['UIntBE', 1], ['UIntBE', 1, 0], ['UIntBE', 1, 9, 1], ['IntBE', 1, -1, 2], ['IntBE', 1, 0, 'x'], ['IntBE', 1, 0, 1.5]]) write(...args);
attempt('no room', () => Buffer.alloc(1).writeUInt16LE(1));
attempt('no room', () => Buffer.alloc(0).writeUInt8(1));
attempt('no room', () => Buffer.alloc(1).writeDoubleLE(1));
attempt('no room', () => Buffer.alloc(1).writeIntLE(1, 0, 6));
