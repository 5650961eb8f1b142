// end(data) after end(): write after end
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.resume();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['finish', 'end', 'error', 'close']);
  socket.on('ready', () => setImmediate(() => {
    socket.end();
    log('returns', socket.end('more', (err) => log('callback', err)));
    log(socket.destroyed);
  }));
  socket.on('close', () => server.close());
});
