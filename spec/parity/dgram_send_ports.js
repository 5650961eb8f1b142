// ports that send() refuses, in each of its places
const dgram = require('dgram');
const { attempt, log } = require('./prelude');

const socket = dgram.createSocket('udp4');
const bad = [['nothing', undefined], ['0', 0], ['-1', -1], ['65536', 65536], ['1e300', 1e300], ['nan', 0 / 0], ['infinity', 1 / 0],
  ['1.5', 1.5], ['empty', ''], ['spaces', '  '], ['word', 'http'], ['large', '65536'], ['fraction', '80.5'],
  ['negative', '-1'], ['two', '1 2'], ['true', true], ['false', false], ['object', {}], ['array', [1]]];
for (const [label, port] of bad) {
  attempt(label, () => socket.send('x', port));
  attempt('with address', () => socket.send('x', port, '127.0.0.1', () => log('never')));
  attempt('with length', () => socket.send('x', 0, 1, port, '127.0.0.1'));
}
attempt('nothing at all', () => socket.send('x'));
attempt('address', () => socket.address());
