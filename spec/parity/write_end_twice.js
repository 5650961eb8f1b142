// a second end() is no error; its callback is called with the first's
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['prefinish', 'finish', 'end', 'error', 'close']);
  socket.on('ready', () => setImmediate(() => {
    socket.end('bye', (err) => log('first', err));
    log(socket.end((err) => log('second', err)), socket.end());
    process.nextTick(() => socket.end((err) => log('third', err)));
  }));
  socket.on('close', () => server.close());
});
