// resetAndDestroy() while connecting: it waits for the connection, 'connect', 'ready', then 'close'(false)
const net = require('net');
const { log, trace } = require('./prelude');

let answer = 'nothing';
const server = net.createServer((peer) => {
  peer.on('error', (err) => { answer = err.code; });
  peer.on('close', () => server.close());
  peer.resume();
});
server.on('close', () => log('peer got', answer));
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['connect', 'ready', 'end', 'finish', 'error', 'close']);
  log('returns', socket.resetAndDestroy());
  log(socket.destroyed, socket.connecting, socket.readyState);
});
