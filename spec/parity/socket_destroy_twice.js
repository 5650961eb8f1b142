// destroy() and then destroy(err): the second is ignored completely
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'finish', 'error', 'close']);
  socket.on('ready', () => {
    log(socket.destroy(), socket.destroy(new Error('ignored')));
    log(socket.destroyed, socket.errored);
  });
  socket.on('close', () => server.close());
});
