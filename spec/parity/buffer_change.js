// What changes a Buffer: fill, write, copy, swap16, swap32, swap64
const { log, attempt } = require('./prelude');
const six = () => Buffer.from('abcdef');
const hex = (buffer) => buffer.toString('hex');

for (const args of [['x'], ['xy', 1], ['xy', 1, 4], ['x', 1, 1], ['x', 4, 2], ['x', -1], ['x', 7], ['x', 0, 7], ['x', 0, -1], ['x', 1.5],
  ['x', '1'], ['x', 0, '3'], ['x', 'hex'], ['78', 'hex'], ['x', 0, 'hex'], ['78', 1, 'hex'], ['78', 1, 3, 'hex'], ['x', 0, 6, 'nope'],
  ['x', 0, 6, 5], ['', 0, 6], ['', 2], ['', 'hex'], [5], [257, 2], [-1], [1.9], ['x', 'nope'], [5, 'nope'], ['x', 6], ['é', 1, 4, 'latin1'], ['é', 1, 4]]) {
  attempt(args, () => hex(six().fill(...args)));
}

for (const args of [['xy'], ['xy', 1], ['xy', 5], ['xy', 6], ['xy', 7], ['xy', -1], ['xyz', 1, 2], ['xyz', 1, -1], ['xyz', 1, 99],
  ['7879', 'hex'], ['7879', 2, 'hex'], ['7879', 2, 1, 'hex'], ['é', 5], ['é', 4], ['é', 0, 1], ['xy', 'nope'], ['xy', 0, 2, 'nope'],
  ['xy', '1'], ['xy', 1.5], ['xy', 1, 1.5], ['é', 0, 'latin1'], ['Ā', 0, 3, 'utf16le'], ['😀', 0, 3, 'utf8'], ['😀a', 1, 5, 'utf8'],
  ['a😀', 0, 4, 'utf8'], ['😀', 0, 3, 'utf16le'], ['', 0], ['787', 0, 'hex'], ['xy', ''], ['eHk=', 'base64'], ['xyzxyzxyz'], ['ééé', 1]]) {
  attempt(args, () => {
    const buffer = six();
    const written = buffer.write(...args);
    return [hex(buffer), written];
  });
}
for (const args of [[0], [2], [0, 2], [0, 2, 4], [6], [7], [-1], [0, -1], [0, 7], [0, 6], [0, 0, -1], [0, 0, 99], [0, 3, 1], [1.9], ['1'],
  [5, 0], [2, 1, 3], [2, 1.9, 3.9]]) {
  attempt(args, () => {
    const target = Buffer.from('123456');
    const copied = six().copy(target, ...args);
    return [target, copied];
  });
}
attempt('to no buffer', () => six().copy(5));
for (const text of ['', 'ab', 'abc', 'abcd', 'abcdef', 'abcdefgh', '\0\n\r%1%2%3x']) {
  for (const method of ['swap16', 'swap32', 'swap64']) attempt([method, text], () => hex(Buffer.from(text)[method]()));
}
log(six().toJSON());
