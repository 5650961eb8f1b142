// end(callback) after 'finish': ERR_STREAM_ALREADY_FINISHED, in the callback only
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer((peer) => peer.resume());
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['finish', 'end', 'error', 'close']);
  socket.end((err) => log('first', err));
  socket.on('finish', () => {
    log('returns', socket.end((err) => log('in finish', err)));
    socket.end();
  });
  socket.on('close', () => {
    log('returns', socket.end((err) => log('in close', err)));
    server.close();
  });
});
