// a closed server listens again, from its 'close' listener
const net = require('net');
const { log } = require('./prelude');

let rounds = 0;
const server = net.createServer();
server.on('listening', () => {
  rounds += 1;
  log('listening', rounds, server.listening, server.address().family);
  server.close();
});
server.on('close', () => {
  log('close', rounds, server.listening, server.address());
  if (rounds < 3) server.listen(0);
});
server.listen(0);
