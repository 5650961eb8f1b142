// isDeepStrictEqual: numbers, texts, lists, fields, errors, cycles
const { log } = require('./prelude');
const { isDeepStrictEqual } = require('util');

const values = [1, -0, 0, NaN, '1', true, false, [], [1], [1, 2], [2, 1], { a: 1 }, { a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, { a: 2 },
  { b: 1 }, new Error('a'), new Error('b'), new TypeError('a'), [[1], [2]], [[1], [3]]];
const copies = [1, -0, 0, NaN, '1', true, false, [], [1], [1, 2], [2, 1], { a: 1 }, { a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, { a: 2 },
  { b: 1 }, new Error('a'), new Error('b'), new TypeError('a'), [[1], [2]], [[1], [3]]];
for (const [i, value] of values.entries()) {
  log(i + 1, values.map((other) => (isDeepStrictEqual(value, other) ? 1 : 0)), isDeepStrictEqual(value, copies[i]));
}
const cycle = (x) => { const value = { x }; value.self = [value]; return value; };
log(isDeepStrictEqual(cycle(1), cycle(1)), isDeepStrictEqual(cycle(1), cycle(2)), isDeepStrictEqual(log, log), isDeepStrictEqual(log, cycle));
