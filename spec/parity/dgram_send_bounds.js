// send(message, offset, length) outside of the message: thrown
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
for (const [offset, length] of [[6, 0], [5, 1], [0, 6], [1, 5], [4, 2], [-1, 1], [0, -1], [-1, -1], [4294967295, 1], [0, 4294967295],
  [6, 6], [1, 4294967295], [2147483648, 2147483648], ['6', 1], [0, '6'], [100, 0]]) {
  attempt(`${offset} ${length}`, () => socket.send('abcde', offset, length, 1, '127.0.0.1', () => log('never')));
}
attempt('empty', () => socket.send('', 0, 1, 1));
attempt('empty, offset', () => socket.send('', 1, 0, 1));
attempt('bytes', () => socket.send('h\u00e9', 0, 4, 1));
attempt('sendto', () => socket.sendto('abcde', 0, 6, 1, '127.0.0.1'));
attempt('bounds before port', () => socket.send('abcde', 0, 6, 65536));
attempt('port before address', () => socket.send('abcde', 0, 5, 65536, 5));
attempt('address', () => socket.address());
