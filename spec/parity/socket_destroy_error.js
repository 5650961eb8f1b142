// destroy(err): 'error' by tick, then 'close'(true); further destroys and errors are ignored
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const failure = new Error('enough');
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['data', 'end', 'finish', 'error', 'close']);
  socket.on('ready', () => {
    socket.destroy(failure);
    log('destroyed', socket.destroyed, socket.errored === failure);
    socket.destroy(new Error('ignored'));
    socket.destroy();
    process.nextTick(() => log('tick'));
  });
  socket.on('error', (err) => {
    log(err === failure, socket.destroyed, socket.readyState);
    socket.destroy(new Error('ignored as well'));
  });
  socket.on('close', () => {
    socket.destroy(new Error('too late'));
    server.close(() => log('closed', socket.errored === failure));
  });
});
