// Buffer.alloc with every kind of fill, allocUnsafe, concat
const { attempt } = require('./prelude');
const hex = (buffer) => buffer.toString('hex');

for (const args of [[3], [0], [2.7], [3, 0], [3, 257], [2, -1], [3, 1.5], [5, 'ab'], [5, 'é'], [3, 'é', 'latin1'], [5, 'é', 'utf16le'],
  [5, '0a0b', 'hex'], [5, '0a0bzz', 'hex'], [3, ''], [3, '', 'hex'], [1, 'abc'], [2, 1, 'nope'], [0, 'a', 'nope'],
  [5, 'xyz', 'hex'], [3, 'a', 5], [3, 'a', 'nope'], [-1], [2 ** 53], ['x'], [Infinity]]) {
  attempt(args, () => hex(Buffer.alloc(...args)));
}
attempt('nan', () => Buffer.alloc(NaN));
attempt('none', () => Buffer.alloc());
attempt('unsafe', () => Buffer.allocUnsafe(7).length);
attempt('unsafe', () => Buffer.allocUnsafe(-5));
attempt('slow', () => Buffer.allocUnsafeSlow('x'));

const list = [Buffer.from('abc'), Buffer.from('def')];
for (const length of [0, 2, 4, 6, 9, -1, 1.5, 'x']) attempt(['concat', length], () => hex(Buffer.concat(list, length)));
attempt('concat', () => hex(Buffer.concat(list)));
attempt('of nothing', () => hex(Buffer.concat([])));
attempt('of nothing', () => hex(Buffer.concat([], 5)));
attempt('of no list', () => Buffer.concat('x'));
attempt('of no list', () => Buffer.concat());
