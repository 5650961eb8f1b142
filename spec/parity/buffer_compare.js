// compare, with and without parts; equals; slice and subarray
const { log, attempt } = require('./prelude');

for (const [a, b] of [['a', 'b'], ['b', 'a'], ['a', 'a'], ['a', 'ab'], ['', 'a'], ['', ''], ['\u00e9', 'z'], ['a\0b', 'a\0c']]) {
  log(Buffer.compare(Buffer.from(a), Buffer.from(b)), Buffer.from(a).equals(Buffer.from(b)));
}
attempt('first', () => Buffer.compare(5, Buffer.from('a')));
attempt('second', () => Buffer.compare(Buffer.from('a'), 5));
attempt('equals', () => Buffer.from('a').equals(5));

const source = Buffer.from('abcdef'), target = Buffer.from('abcxyz');
for (const args of [[0, 3, 0, 3], [3, 5, 0, 2], [0, 0], [6], [7], [0, 7], [0, 6, 7], [0, 6, 0, 7], [-1], [2, 1], [2, 2, 3, 3], [2, 2, 3],
  [1.5], ['x'], [0, 'x'], [3, 2, 0, 6], [0, 3, 4, 2], [6, 6, 0, 6], [2 ** 40], [0, -1], [0, 3.5]]) {
  attempt(args, () => source.compare(target, ...args));
}
attempt('from the default on', () => source.compare(target, undefined, 2, undefined, 2));

for (const args of [[0], [1], [-2], [1, 3], [1, -1], [-3, -1], [4, 2], [99], [-99, 2], [1.9, 3.9], ['1'], ['x'], [0, 'x'], [-1.5], [0, 99], [6], [-0.5, 2]]) {
  attempt(args, () => [source.slice(...args), source.subarray(...args)]);
}
log(source.slice(), source.subarray());
log(source.slice(undefined, 2));
