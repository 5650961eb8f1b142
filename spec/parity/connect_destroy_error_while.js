// destroy(err) while the attempt is under way: 'error', 'close', and the second write's callback has err itself
const net = require('net');
const { log, trace } = require('./prelude');

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  const failure = new Error('changed my mind');
  const socket = net.connect(server.address().port, '127.0.0.1');
  trace('socket', socket, ['connect', 'ready', 'end', 'finish', 'error', 'close']);
  socket.write('one', (err) => log('write one', err));
  socket.write('two', (err) => log('write two', err, err === failure));
  socket.end((err) => log('end', err, err === failure));
  socket.on('connectionAttempt', () => process.nextTick(() => socket.destroy(failure)));
  socket.on('close', () => server.close());
});
