// a host name: looked up first, nothing is bound when listen() returns; one address in the end
const net = require('net');
const { log, trace } = require('./prelude');

const server = trace('server', net.createServer(), ['listening', 'close', 'error', 'lookup']);
server.listen({ host: 'localhost', port: 0 }, () => {
  log(net.isIP(server.address().address) > 0, server.address().port > 0, server.listening);
  server.close();
});
log(server.listening, server.address());
