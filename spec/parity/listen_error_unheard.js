// a listen error without a listener: uncaughtException, the program goes on
const net = require('net');
const { log, mask } = require('./prelude');

process.on('uncaughtException', (err, origin) => log('uncaught', err, origin, err.syscall));
const holder = net.createServer().listen(0, '127.0.0.1', () => {
  mask(holder.address().port, 'PORT');
  const server = net.createServer();
  server.listen(holder.address().port, '127.0.0.1');
  setTimeout(() => {
    log(server.listening);
    holder.close(() => log('closed'));
  }, 20);
});
