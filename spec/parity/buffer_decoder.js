// StringDecoder: names of encodings, characters cut anywhere, end, what it refuses
const { log, attempt } = require('./prelude');
const { StringDecoder } = require('string_decoder');

for (const name of ['', 'UTF-8', 'ucs2', 'binary', 'BASE64url', 'ASCII', 'hex', 'buffer', 'nope', 5]) attempt(name, () => new StringDecoder(name).encoding);
log(new StringDecoder().encoding);

const text = Buffer.from('aé中😀z');
for (const encoding of ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'utf16le']) {
  const bytes = encoding === 'utf16le' ? Buffer.from('aé中😀z', encoding) : text;
  for (let size = 1; size <= 4; size++) {
    const decoder = new StringDecoder(encoding), parts = [];
    for (let at = 0; at < bytes.length; at += size) parts.push(decoder.write(bytes.subarray(at, at + size)));
    parts.push(decoder.end());
    log(encoding, size, encoding === 'utf16le' ? parts.join('') : parts); // half a pair is a string there
  }
}
const base64 = new StringDecoder('base64');
log([base64.write(Buffer.from([1, 2])), base64.end(Buffer.from([3, 4])), base64.end(), base64.write(Buffer.from([5, 6, 7]))]);
const units = new StringDecoder('utf16le');
log([units.write(Buffer.from([0x3d])), units.write(Buffer.from([0])), units.end(), units.write(Buffer.from([0x61, 0, 0x62])), units.end()]);
attempt('nothing', () => base64.write());
attempt('a number', () => base64.write(5));
attempt('a number', () => base64.end(5));
