// listen() on a server that listens throws at once and changes nothing
const net = require('net');
const { log, attempt, tmp } = require('./prelude');

const server = net.createServer();
server.on('error', (err) => log('error', err));
server.listen(0, () => {
  const port = server.address().port;
  attempt('while listening', () => server.listen(0));
  attempt('a path', () => server.listen(tmp('twice.sock')));
  attempt('options', () => server.listen({ port: 0, host: '127.0.0.1' }));
  log(server.listening, server.address().port === port);
  server.close(() => log('closed'));
});
attempt('before the event', () => server.listen(0));
