// a signal in the listen options: abort() is close()
const net = require('net');
const { log, trace } = require('./prelude');

const controller = new AbortController();
const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
server.listen({ port: 0, host: '127.0.0.1', signal: controller.signal }, () => {
  log('abort', server.listening, server.address().family);
  controller.abort();
  log(server.listening, server.address(), controller.signal.aborted);
  process.nextTick(() => log('tick'));
  controller.abort();
});
