// ports and addresses that connect() refuses: it may be called again
const dgram = require('dgram');
const { attempt, log, trace } = require('./prelude');

const socket = trace('socket', dgram.createSocket('udp4'), ['listening', 'connect', 'error']);
const bad = [['nothing', undefined], ['0', 0], ['-1', -1], ['65536', 65536], ['1e300', 1e300], ['nan', 0 / 0], ['infinity', 1 / 0],
  ['1.5', 1.5], ['empty', ''], ['spaces', '  '], ['word', 'http'], ['large', '65536'], ['true', true], ['false', false],
  ['object', {}], ['array', [1]]];
for (const [label, port] of bad) {
  attempt(label, () => socket.connect(port));
  attempt('with address', () => socket.connect(port, '127.0.0.1', () => log('never')));
}
attempt('callback', () => socket.connect(() => log('never')));
for (const address of [5, true, false]) attempt(String(address), () => socket.connect(9, address, () => log('never')));
attempt('object', () => socket.connect(9, {}));
attempt('array', () => socket.connect(9, ['127.0.0.1']));
attempt('port first', () => socket.connect(0, 5));
log(socket.listenerCount('connect'));
socket.connect(9, '127.0.0.1', () => {
  log('callback');
  socket.close();
});
