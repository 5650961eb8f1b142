// the ticks of a server stand in one queue with those of the script
const net = require('net');
const { log, trace } = require('./prelude');

const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
const tick = (name) => process.nextTick(() => log('tick', name));
tick('before listen');
server.listen(0);
tick('after listen');
server.getConnections(() => log('getConnections'));
tick('after getConnections');
setImmediate(() => {
  tick('before close');
  server.close();
  tick('after close');
  log('end of the immediate');
});
