// Buffer.from, of, and Buffer itself as a function: text, lists, what toJSON gave; what is refused
const { log, attempt } = require('./prelude');
process.noDeprecation = true; // Buffer() is deprecated there
const hex = (buffer) => buffer.toString('hex');

for (const args of [['abc'], ['é'], ['é', 'latin1'], ['é', 'ascii'], ['aé😀', 'utf16le'], ['😀', 'binary'], ['0a0B', 'hex'],
  ['0a0', 'hex'], ['0axx0b', 'hex'], ['aGVsbG8', 'base64'], ['aGVsbG8=', 'base64'], ['aGVs bG8=\n', 'base64'],
  ['_-+/', 'base64url'], ['_-+/', 'base64'], ['aGVs=bG8', 'base64'], ['x', ''], ['x', 5], ['', 'hex'], ['x', 'UTF-8'],
  ['x', 'nope'], ['x', 'buffer'], [5], [true], [-1.5]]) {
  attempt(args, () => hex(Buffer.from(...args)));
}
attempt('nothing', () => Buffer.from());
attempt('function', () => Buffer.from(() => {}));
attempt('object', () => Buffer.from({ a: 1 }));
attempt('bad data', () => Buffer.from({ type: 'Buffer', data: 5 }));
attempt('list', () => hex(Buffer.from([1, 255, 256, -1, 1.9, -1.9, '5', 'x', NaN, Infinity, 2 ** 40 + 7, '0x10', -257])));
attempt('empty list', () => hex(Buffer.from([])));
attempt('list with encoding', () => hex(Buffer.from([1, 2], 'nope')));
attempt('json', () => hex(Buffer.from({ type: 'Buffer', data: [1, 2] })));
attempt('json of', () => hex(Buffer.from(Buffer.from('abc').toJSON())));
log(Buffer.from('abc').toJSON());
attempt('long list', () => hex(Buffer.from(Array.from({ length: 1000 }, (_, i) => i))));
attempt('of', () => hex(Buffer.of(1, 2, 300)));
attempt('called', () => hex(Buffer('abc')));
attempt('called', () => hex(Buffer('616263', 'hex')));
attempt('called', () => hex(Buffer([1, 2])));
attempt('called', () => hex(Buffer(3)));
