// write() after our end(): false, callback and then 'error' write after end, 'close'(true)
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => {
  peer.on('error', () => { });
  peer.resume();
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['end', 'prefinish', 'finish', 'error', 'close']);
  socket.on('ready', () => setImmediate(() => {
    socket.end('bye', (err) => log('end', err));
    log('write', socket.write('more', (err) => log('callback', err)));
    log(socket.destroyed, socket.writable);
    process.nextTick(() => log('tick', socket.destroyed));
  }));
  socket.on('close', () => server.close());
});
