// readUInt8, readDoubleBE and the others: values, offsets that are none, bytes that are not there
const { log, attempt } = require('./prelude');
const buffer = Buffer.from([0xff, 0xfe, 3, 4, 5, 6, 7, 0x80, 9]);
const names = ['Int8', 'UInt8'];
for (const kind of ['Int16', 'UInt16', 'Int32', 'UInt32', 'BigInt64', 'BigUInt64', 'Float', 'Double']) names.push(`${kind}LE`, `${kind}BE`);

for (const name of names.filter((one) => !/Float|Double|BigU/.test(one))) {
  log(name, buffer[`read${name}`](), buffer[`read${name}`](1), buffer[`read${name}`.replace('UInt', 'Uint')](1));
}
log(buffer.readBigUInt64LE(1), buffer.readBigUint64LE(1), buffer.readBigUInt64BE(0) === 18446184439555164032n);
const floats = Buffer.from('0000c03f3fc00000000000000000f83f3ff8000000000000', 'hex');
log(floats.readFloatLE(0), floats.readFloatBE(4), floats.readDoubleLE(8), floats.readDoubleBE(16));

for (const name of names) {
  for (const offset of [9, 8, -1, 1.5, '1', true, 2 ** 40]) {
    attempt([name, offset], () => { buffer[`read${name}`](offset); return 'a number'; });
  }
  attempt(name, () => buffer[`read${name}`](NaN));
  attempt(name, () => buffer[`read${name}`](Infinity));
  attempt([name, 'of nothing'], () => Buffer.from('')[`read${name}`]());
  attempt([name, 'of nothing'], () => Buffer.from('')[`read${name}`](1.5));
}
for (const name of ['UIntLE', 'UIntBE', 'IntLE', 'IntBE']) {
  for (const args of [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7], [0, 0], [0], [4, 6], [3, 6], [9, 1], [-1, 2], ['x', 2], [0, 'x'],
    [0, 1.5], [1.5, 2], ['x', 'x']]) {
    attempt([name, ...args], () => buffer[`read${name}`](...args));
  }
  attempt(name, () => buffer[`read${name}`]());
  attempt(name, () => buffer[`read${name}`](undefined, 2));
  attempt(name, () => buffer[`read${name}`](0, NaN));
  attempt([name, 'of one'], () => Buffer.from('a')[`read${name}`](0, 6));
}
