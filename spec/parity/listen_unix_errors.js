// a Unix path that is taken, and one in a folder that is not there (EACCES, as libuv says)
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('taken.sock');
const missing = tmp('missing') + '/x.sock';
const holder = net.createServer().listen(path, () => {
  const server = net.createServer();
  server.on('close', () => log('close'));
  server.once('error', (err) => {
    log(err, err.code, err.errno, err.syscall, err.address);
    log(server.listening);
    server.once('error', (second) => {
      log(second, second.code, second.errno, second.syscall, second.address);
      holder.close(() => server.listen({ path }, () => server.close()));
    });
    server.listen(missing);
  });
  server.listen(path);
  log(server.listening);
  process.nextTick(() => log('tick'));
});
