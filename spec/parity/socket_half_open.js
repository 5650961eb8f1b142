// allowHalfOpen of a client: the server's end does not end our side; readyState says writeOnly
const net = require('net');
const { log, trace } = require('./prelude');

let heard = '';
const server = net.createServer({ allowHalfOpen: true }, (peer) => {
  peer.on('data', (chunk) => { heard += chunk; });
  peer.end('question');
});
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', allowHalfOpen: true };
  const socket = trace('socket', net.connect(options), ['data', 'end', 'prefinish', 'finish', 'close']);
  log(socket.allowHalfOpen);
  socket.on('end', () => {
    log(socket.readyState, socket.writable, socket.readable);
    setTimeout(() => {
      log('write', socket.write('late '));
      socket.end('answer');
      log(socket.readyState, socket.writable, socket.readable);
    }, 10);
  });
  socket.on('close', () => server.close(() => log('server heard', heard)));
});
