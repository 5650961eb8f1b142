// messages that send() refuses: what is no string, and lists of what is none
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
for (const message of [5, 1.5, true, false]) {
  attempt(String(message), () => socket.send(message, 1, '127.0.0.1'));
  attempt('with length', () => socket.send(message, 0, 1, 1, '127.0.0.1'));
}
attempt('nothing', () => socket.send(undefined, 1));
attempt('nothing, with length', () => socket.send(undefined, 0, 0, 1, '127.0.0.1'));
attempt('nothing at all', () => socket.send());
attempt('function', () => socket.send(() => {}, 1));
attempt('list of a number', () => socket.send([5], 1));
attempt('list with a number', () => socket.send(['a', 'b', 5], 1, '127.0.0.1', () => log('never')));
attempt('list with true', () => socket.send([true, 'a'], 1));
attempt('list of lists', () => socket.send([['a'], ['b']], 1));
attempt('list with an object', () => socket.send(['a', {}], 1));
attempt('list, with length', () => socket.send(['a', 'b'], 0, 1, 1, '127.0.0.1'));
attempt('empty list, with length', () => socket.send([], 0, 0, 1));
attempt('address', () => socket.address());
