// a port that is taken, with a host: the text names the address; listen again from the 'error' listener
const net = require('net');
const { log, mask } = require('./prelude');

const holder = net.createServer().listen(0, '127.0.0.1', () => {
  const port = holder.address().port;
  mask(port, 'PORT');
  const server = net.createServer();
  server.on('close', () => log('close'));
  server.on('error', (err) => {
    log(err, err.code, err.errno, err.syscall, err.address, err.port);
    log(server.listening, server.address());
    server.listen(0, '127.0.0.1', () => {
      log('listening', server.address().port !== port);
      server.close(() => holder.close(() => log('closed')));
    });
  });
  log(server.listen(port, '127.0.0.1') === server);
});
