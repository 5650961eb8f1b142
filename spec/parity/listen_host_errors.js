// hosts that cannot be listened on: an address of another machine, a name that cannot exist
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer();
server.on('close', () => log('close'));
server.on('listening', () => log('listening'));
const hosts = ['8.8.8.8', '2001:db8::1', 'a'.repeat(64), '127.0.0.1:80'];
server.on('error', (err) => {
  log(err.name, err.code, err.errno, err.syscall, err.message);
  log(err.address, err.hostname, err.port, server.listening, server.address());
  const host = hosts.shift();
  if (host) server.listen({ port: 0, host });
});
server.listen(0, hosts.shift());
