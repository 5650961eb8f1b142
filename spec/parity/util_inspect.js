// inspect with options, and format
const { log } = require('./prelude');
const { inspect, format, formatWithOptions } = require('util');

const deep = { a: { b: { c: { d: { e: 1 } } } }, list: [1, [2, [3, [4, [5]]]]] };
for (const depth of [1, 3, 10]) log(inspect(deep, { depth }).replace(/Object|Array/g, 'Table'));
log(inspect([1, 22, 333, 4444, 55555], { maxArrayLength: 3 }), inspect([1, 2], { maxArrayLength: 0 }), inspect('abcdef', { maxStringLength: 3 }));
log(inspect({ a: 1, b: [1, 2, { c: 3 }] }, { compact: false }));
log(inspect({ a: 1, b: [1, 2, { c: 3 }] }, { compact: 1 }));
log(inspect({ a: 'x'.repeat(20), b: 'y'.repeat(20), c: 'z'.repeat(20) }, { breakLength: 40 }));
log(inspect({ a: 'x'.repeat(60), b: 'y'.repeat(60) }, { breakLength: Infinity }));
for (const number of [0, 999, 1000, -1234567, 1234.5678, 0.125, 12345.6789]) log(inspect(number, { numericSeparator: true }));
log([inspect({ a: 1, b: 'x', c: true }, { colors: true })]);
log(inspect("it's"), inspect('a"b\'c'), inspect('\n\t\u0001'), inspect(['a', 'b c']));
for (const args of [['%s is %d', 'x', 5], ['%s'], ['%s', 'a', 'b'], ['a', 'b', 1], ['%d', 'x'], ['%i', 3.9], ['%f', '1.5x'], ['%j', { a: [1, 'x'] }],
  ['%o%%', 5], ['%O', { a: 1 }], ['%c|', 'css'], ['%x', 1], ['%%'], ['%%', 1], [1, 'a', { b: 2 }], ['', 'x'], ['%s', ''], ['a%'], ['%d', ''], ['%d', '0x1f'], ['%d', ' 5 '], ['%d', true], ['%d', false], ['%d', '5x'], ['%i', true], ['%f', ''],
  ['%i', '12abc'], ['%s %s %s', 'a', 'b']]) {
  log([format(...args)]);
}
log([formatWithOptions({ colors: true }, '%O', 5)], [formatWithOptions({ compact: false }, 'x', { a: 1 })]);
