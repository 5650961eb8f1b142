// write() after 'finish': callback and 'error' write after end too
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.on('error', () => { });
  peer.resume().on('end', () => setTimeout(() => peer.destroy(), 30));
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.end();
  socket.on('finish', () => {
    log('write', socket.write('more', (err) => log('callback', err)));
    log(socket.destroyed, socket.readyState);
  });
  socket.on('close', () => server.close());
});
