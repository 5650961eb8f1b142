// addresses that send() refuses: no socket is bound by it
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'error']);
for (const address of [5, 0, true, false, 1.5]) {
  attempt(String(address), () => socket.send('x', 1, address));
  attempt('with callback', () => socket.send('x', 1, address, () => log('never')));
}
for (const address of [5, true]) attempt('with length', () => socket.send('x', 0, 1, 1, address));
attempt('object', () => socket.send('x', 1, {}));
attempt('array', () => socket.send('x', 1, ['127.0.0.1']));
attempt('object, with length', () => socket.send('x', 0, 1, 1, {}, () => log('never')));
attempt('port first', () => socket.send('x', 0, 5));
attempt('message first', () => socket.send(5, 0, 5));
attempt('address', () => socket.address());
