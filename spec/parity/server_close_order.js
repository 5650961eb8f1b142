// close(): listening ends at once, 'close' without an argument by tick, the callback in its place
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer();
server.on('close', (...args) => log('close', args.length));
server.listen(0, () => {
  process.nextTick(() => log('tick before'));
  log(server.close((err) => log('callback', err)) === server);
  log(server.listening, server.address());
  server.on('close', () => log('close, later'));
  process.nextTick(() => log('tick after'));
  setImmediate(() => log('immediate'));
});
