// byteLength, isEncoding, isBuffer, toString with every encoding, and its positions
const { log, attempt } = require('./prelude');
const encodings = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex'];

for (const text of ['', 'abc', 'é', '😀', 'aé😀', 'YWJj', 'YWI=', 'YQ==', 'YQ', 'Y', '=', '==', 'a b', '===', 'abcde']) {
  log(text, encodings.map((e) => Buffer.byteLength(text, e)), Buffer.byteLength(text), Buffer.byteLength(text, 'nope'),
    Buffer.byteLength(text, ''), Buffer.byteLength(text, 5), Buffer.byteLength(text, 'BINARY'));
}
attempt('no text', () => Buffer.byteLength(5));
attempt('no text', () => Buffer.byteLength());

for (const name of ['utf8', 'UTF-8', 'Utf8', 'ucs2', 'ucs-2', 'UTF16LE', 'utf-16le', 'latin1', 'binary', 'ascii', 'base64',
  'base64url', 'hex', 'HEX', 'BUFFER', 'buffer', '', 'nope', 'utf', 5, true]) log(name, Buffer.isEncoding(name));
log(Buffer.isEncoding());
log(Buffer.isBuffer(Buffer.from('x')), Buffer.isBuffer(5), Buffer.isBuffer(), Buffer.isBuffer([1]));

const bytes = Buffer.from([0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0x7e, 0x00]);
for (const e of encodings.concat('UCS2', 'Binary')) log(e, bytes.toString(e));
const odd = Buffer.from([0x3d, 0xd8, 0x00, 0xde, 0x61, 0x00, 0x3d, 0xd8, 0x62, 0x00, 0x00, 0xdc, 0x3d, 0xd8, 0x07]);
log(odd.toString('utf16le'));
for (let n = 0; n <= 4; n++) log(bytes.toString('base64', 0, n), bytes.toString('base64url', 3, 3 + n));

const six = Buffer.from('abcdef');
for (const args of [['hex'], ['hex', 1], ['hex', 1, 2], ['hex', -1, 2], ['hex', 2, 1], ['hex', 9], ['hex', 0, 99], ['hex', 1.9, 2.9],
  ['hex', '1', '2'], ['hex', 'x'], ['hex', 0, -1], ['hex', 3, 3], ['nope', 9], ['nope'], ['buffer'], [5], ['']]) {
  attempt(args, () => six.toString(...args));
}
log(six.toString());
log(six.toString(undefined, 2, 4));
