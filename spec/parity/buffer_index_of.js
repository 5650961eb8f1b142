// indexOf, lastIndexOf and includes: texts, bytes, offsets of every kind, encodings, units of utf16le
const { attempt } = require('./prelude');
const buffer = Buffer.from('abcabcabc');

for (const method of ['indexOf', 'lastIndexOf', 'includes']) {
  for (const args of [['bc'], ['bc', 2], ['bc', -3], ['bc', -99], ['bc', 99], ['bc', 1.9], ['bc', -1.9], ['bc', '2'], ['bc', 'utf8'],
    ['6263', 'hex'], ['6263', 3, 'hex'], ['zz', 'hex'], ['', 0], ['', 5], ['', 9], ['', 99], ['', -1], ['', -99], [''], [98], [354], [-158],
    [98.9], [98, 5], [98, 99], [98, -1], [98, -8], ['bc', 0, 'nope'], ['bc', 0, ''], ['YmM=', 'base64'], ['abcabcabcd'], ['abcabcabc'],
    ['abcabcabc', 1], ['bc', -1], ['c', -1], ['c', 8], ['c', 9], ['a', 0], ['a', -9], ['a', -10], ['a', 2 ** 40], ['a', -(2 ** 40)], [true]]) {
    attempt([method, ...args], () => buffer[method](...args));
  }
  attempt(method, () => buffer[method]());
  attempt(method, () => buffer[method]({ a: 1 }));
  attempt(method, () => buffer[method]('bc', undefined, 'hex'));
  attempt(method, () => buffer[method]('bc', NaN));
  attempt(method, () => Buffer.from('')[method]('a'));
  attempt(method, () => Buffer.from('')[method](''));
}
const units = Buffer.from('aĀaĀ', 'utf16le'); // 61 00 00 01 61 00 00 01
for (const method of ['indexOf', 'lastIndexOf']) {
  for (const args of [['Ā', 'utf16le'], ['Ā', 1, 'utf16le'], ['Ā', 2, 'utf16le'], ['Ā', 3, 'ucs2'], ['Ā', 5, 'ucs2'], ['Ā', 7, 'ucs2'], ['Ā', -1, 'utf16le'],
    ['Ā', -2, 'utf16le'], ['a', 1, 'ucs2'], ['a', 4, 'ucs2'], ['a', 3, 'ucs2'], ['\0', 0, 'ucs2'], ['', 1, 'ucs2'], ['\0\0'], ['aĀ', 'utf16le'], ['b', 'utf16le']]) {
    attempt([method, ...args], () => units[method](...args));
  }
}
attempt('latin1', () => Buffer.from([0xe9, 0x61]).indexOf('é', 'latin1'));
attempt('repeated', () => Buffer.from('aaaaaaaa').lastIndexOf('aaa', 4));
