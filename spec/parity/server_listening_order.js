// listen() without a host binds at once; 'listening' comes by tick, the callback in its place among the listeners
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer();
server.on('listening', () => log('on, before'));
log(server.listening, server.address());
process.nextTick(() => log('tick before'));
log(server.listen(0, () => log('callback')) === server);
process.nextTick(() => log('tick after'));
log(server.listening, server.address().address, server.address().family, server.address().port > 0);
server.on('listening', () => {
  log('on, after', server.listening, server.listenerCount('listening'));
  server.close();
});
log('end of main');
