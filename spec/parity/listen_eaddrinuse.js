// a port that is taken: 'error' by tick, no 'close', the same server may listen again
const net = require('net');
const { log, mask, trace } = require('./prelude');

const holder = net.createServer().listen(0, () => {
  const port = holder.address().port;
  mask(port, 'PORT');
  const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
  server.once('error', (err) => {
    log(err.code, err.errno, err.syscall, err.address, err.port, String(err));
    log(server.listening, server.address());
    holder.close(() => server.listen(port));
  });
  server.on('listening', () => {
    log(server.listening, server.address().port);
    server.close();
  });
  server.listen(port, () => log('callback of the listen that failed'));
  process.nextTick(() => log('tick'));
  log(server.listening, server.address());
});
