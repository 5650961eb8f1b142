// allowHalfOpen of a server: the peer's end does not end our side, an answer still goes out
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  trace('socket', socket, ['data', 'end', 'prefinish', 'finish', 'close']);
  socket.on('end', () => {
    log(socket.readyState, socket.writableEnded);
    setTimeout(() => {
      log('answer', socket.readyState);
      socket.end('late answer');
      log(socket.readyState);
    }, 10);
  });
});
server.listen(0, '127.0.0.1', () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  client.on('data', (chunk) => { answer += chunk; });
  client.on('close', () => server.close());
  process.on('exit', () => log('client got', answer));
  client.end('question');
});
